package dev.synod.testkit.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values and changes that are much larger than a piece, between two machines. */
@DisplayName("Large changes")
class LargeChangesTest {

  private static final String KEY = "set/large";
  private static final String FIRST = "n1";
  private static final String JOINER = "n2";
  private static final int CHANGES = 100;
  private static final int ELEMENTS_A_CHANGE = 100;
  private static final int ELEMENTS = CHANGES * ELEMENTS_A_CHANGE;

  /** A change has about five pieces, and is more than one message should have. */
  private static final String SETTINGS =
      """
      synod.crdt {
        changes-kept = %d
        unanswered-max = 4
        bytes-per-message-max = 256
        piece-bytes = 256
        pieces-in-flight-max = 8
        resend-interval = 200ms
        anti-entropy-interval = 1s
      }
      """;

  private final Map<String, Integer> sizes = new HashMap<>();
  private long pieceBytes;
  private int ears;

  /** One machine has all changes, then the other starts. */
  private ReplicatorWorld joining(int changesKept) {
    var machines = new ReplicatorWorld(1, 2, Ids.DRAWN, SETTINGS.formatted(changesKept));
    var world = machines.world();
    world.machine(JOINER).crash(MemoryDisk.Tear.NOTHING_KEPT);
    addAll(machines);
    assertThat(grown(machines, FIRST, Duration.ofSeconds(1))).isEqualTo(ELEMENTS);
    world
        .network()
        .observer(
            (from, to, message) -> {
              if (message instanceof PeerMessage.Piece piece) {
                pieceBytes += piece.bytes().length();
              }
            });
    world.machine(JOINER).boot();
    return machines;
  }

  private void addAll(ReplicatorWorld machines) {
    for (int i = 0; i < CHANGES; i++) {
      add(machines, i * ELEMENTS_A_CHANGE, ELEMENTS_A_CHANGE);
    }
  }

  private void add(ReplicatorWorld machines, int from, int count) {
    ActorRef<UpdateOutcome> ear = machines.world().engine().spawn(Behaviors.ignore(), "e" + ++ears);
    tell(machines, FIRST, ReplicatorWorld.adding(KEY, from, count, ear));
  }

  private static void tell(ReplicatorWorld machines, String node, ToReplicator message) {
    machines.replicator(node, KEY).ifPresent(it -> it.tell(message));
  }

  /** Looks until the set has all elements there, or the time is over; how many it has. */
  private int grown(ReplicatorWorld machines, String node, Duration patience) {
    var engine = machines.world().engine();
    sizes.remove(node);
    long until = engine.nanoTime() + patience.toNanos();
    while (sizes.getOrDefault(node, 0) < ELEMENTS && engine.nanoTime() < until) {
      ActorRef<ReadOutcome<AddWinsSet<String>>> ear =
          engine.spawn(
              Behaviors.receiveMessage(
                  outcome -> {
                    if (outcome instanceof ReadOutcome.Found<AddWinsSet<String>> found) {
                      sizes.put(node, found.value().size());
                    }
                    return Behaviors.stopped();
                  }),
              "e" + ++ears);
      tell(
          machines,
          node,
          new Replicator.Get<>(ReplicatorWorld.SETS, KEY, Consistency.local(), ear));
      engine.runFor(Duration.ofMillis(50));
    }
    return sizes.getOrDefault(node, 0);
  }

  @Test
  @DisplayName("of one sender all reach who joins, soon, and few of them twice")
  void allArrive() {
    var machines = joining(1000);

    assertThat(grown(machines, JOINER, Duration.ofSeconds(3))).isEqualTo(ELEMENTS);
    long once = (long) ELEMENTS * "element-1234".length();
    assertThat(pieceBytes).isBetween(once, 2 * once);
  }

  @Test
  @DisplayName("that are kept no longer reach who joins as one value, soon")
  void wholeValue() {
    var machines = joining(1);

    assertThat(grown(machines, JOINER, Duration.ofSeconds(3))).isEqualTo(ELEMENTS);
  }

  @Test
  @DisplayName("arrive even if each answer comes later than the next look for what is missing")
  void slowAnswers() {
    var machines = new ReplicatorWorld(1, 3, Ids.DRAWN, SETTINGS.formatted(1));
    var network = machines.world().network();
    meet(machines);
    var cut = network.links().part(List.of(Set.of(FIRST), Set.of(JOINER, "n3")));
    addAll(machines);
    add(machines, 0, 1); // the only one that is kept, and small
    assertThat(grown(machines, FIRST, Duration.ofSeconds(1))).isEqualTo(ELEMENTS);
    machines.world().engine().runFor(Duration.ofSeconds(10)); // what was under way is given up
    network.quality(new LinkQuality(Duration.ofMillis(1500), Duration.ofMillis(1), 0, 0, 0));
    network.links().mend(cut);

    assertThat(grown(machines, JOINER, Duration.ofMinutes(10))).isEqualTo(ELEMENTS);
  }

  @Test
  @Tag("slow")
  @DisplayName("arrive soon over a lossy link: none is made that there is no room for")
  void lossy() {
    for (long seed = 1; seed <= 12; seed++) {
      assertThat(new LossyChangesRun().apply(Map.of("seed", seed))).as("seed %d", seed).isEmpty();
    }
  }

  /** All know each other. */
  private void meet(ReplicatorWorld machines) {
    var engine = machines.world().engine();
    int all = machines.world().names().size();
    var met = new HashSet<String>();
    while (met.size() < all) {
      for (String node : machines.world().names()) {
        ActorRef<Replicator.Description> ear =
            engine.spawn(
                Behaviors.receiveMessage(
                    description -> {
                      if (description.others().size() == all - 1) {
                        met.add(node);
                      }
                      return Behaviors.stopped();
                    }),
                "e" + ++ears);
        tell(machines, node, new Replicator.Describe(ear));
      }
      engine.runFor(Duration.ofMillis(10));
    }
  }
}
