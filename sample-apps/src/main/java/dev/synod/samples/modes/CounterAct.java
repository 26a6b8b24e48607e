package dev.synod.samples.modes;

import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A counter that each node changes whenever it is asked to, cut off or not. */
final class CounterAct implements Act {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final String VISITS = "counter/visits";

  @Override
  public String title() {
    return "a counter, EVENTUAL. Each side of a cut takes changes; healed, all have all of them.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var replicas = Replicas.start(cluster, "counter", COUNTERS);
    var shown = replicas.show(COUNTERS, VISITS);
    notes.tell("n1, n2 and n3 have met; the counter is 0");
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "n1", "n2", "n3"));

    cluster.cutOff("n3");
    notes.tell("n3 is cut off");
    int written = add(replicas, "n1", 5) + add(replicas, "n2", 2);
    written += add(replicas, "n3", 10) + add(replicas, "n3", -4);
    notes.tell("n1 adds 5 and n2 adds 2; n3 adds 10 and subtracts 4");
    await(shown, "n1", 7);
    await(shown, "n2", 7);
    await(shown, "n3", 6);
    var sides = values(shown);
    rows.add(Notes.row("cut off", sides));

    cluster.links().heal();
    notes.tell("healed");
    shown.keySet().forEach(node -> await(shown, node, 13));
    notes.tell("all have heard of all");
    rows.add(Notes.row("healed", values(shown)));

    notes.table(rows);
    notes.expect("changes that were taken, of 4, two of them on either side", 4, written);
    notes.expect("while n3 was cut off: n1, n2, n3", List.of(7L, 7L, 6L), sides);
    notes.expect("healed: n1, n2, n3", List.of(13L, 13L, 13L), values(shown));
  }

  private static int add(Replicas replicas, String node, long amount) {
    var outcome = replicas.at(node).update(COUNTERS, VISITS, (it, me) -> it.add(me, amount));
    return outcome instanceof UpdateOutcome.Written ? 1 : 0;
  }

  private static void await(Map<String, Shown<PnCounter>> shown, String node, long value) {
    shown.get(node).await(counter -> counter.value() == value);
  }

  private static List<Long> values(Map<String, Shown<PnCounter>> shown) {
    return shown.values().stream().map(it -> it.last().value()).toList();
  }
}
