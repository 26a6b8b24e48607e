package dev.synod.samples.modes;

import java.util.List;

/** All acts in order. Each run has a cluster of its own, which ends with it. */
public final class Modes {

  /** The last one kills a node. */
  private static final List<Act> ACTS =
      List.of(
          new CounterAct(),
          new TicketsAct(),
          new CausalChatAct(),
          new RoomAct(),
          new LadderAct(),
          new WordsAct());

  private Modes() {}

  /** How many acts there are. */
  public static int count() {
    return ACTS.size();
  }

  /** Plays all of them. */
  public static void play(Notes notes) {
    play(ACTS, notes);
  }

  /**
   * Plays one of them.
   *
   * @param number from 1 on
   */
  public static void play(int number, Notes notes) {
    play(List.of(ACTS.get(number - 1)), notes);
  }

  /** Plays consensus and merging side by side. */
  public static void playCap(Notes notes) {
    play(List.of(new CapAct()), notes);
  }

  private static void play(List<Act> acts, Notes notes) {
    notes.tell("starting n1, n2 and n3 …");
    try (var cluster = Cluster.start()) {
      for (var act : acts) {
        int number = ACTS.indexOf(act) + 1;
        notes.title(number == 0 ? act.title() : "Act %d: %s".formatted(number, act.title()));
        act.play(cluster, notes);
      }
      notes.title("ending n1, n2 and n3 …");
    }
  }
}
