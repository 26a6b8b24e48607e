package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.protocol.ToReplicator;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One seed: changes of one machine, some of them much larger than a piece, and another that hears
 * of them by intervals alone, as neither looks for what it lacks. What was broken comes out as the
 * property's name, a colon and how; nothing if all is well.
 */
public final class LargeChangesRun implements Function<Map<String, Object>, String> {

  private static final String KEY = "set/large";
  private static final String WRITER = "n1";
  private static final String READER = "n2";
  private static final int CHANGES = 20;
  private static final int ELEMENTS_A_CHANGE_MAX = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String SETTINGS =
      """
      synod.crdt {
        changes-kept = 1000
        unanswered-max = 4
        bytes-per-message-max = 256
        piece-bytes = 256
        pieces-in-flight-max = 8
        resend-interval = 200ms
        anti-entropy-interval = 1h
      }
      """;

  private int ears;
  private int size;

  /** See the class; each seed in a run of its own. */
  @Override
  public String apply(Map<String, Object> wanted) {
    long seed = (long) wanted.get("seed");
    return new LargeChangesRun().run(new ReplicatorWorld(seed, 2, Ids.DRAWN, SETTINGS));
  }

  private String run(ReplicatorWorld machines) {
    var chance = machines.world().engine().chance("changes");
    int elements = 0;
    for (int i = 0; i < CHANGES; i++) {
      int more = 1 + chance.nextInt(ELEMENTS_A_CHANGE_MAX);
      add(machines, elements, more);
      elements += more;
      if (chance.nextInt(3) > 0 && grown(machines, elements) < elements) {
        return "large changes arrive: %s has %d of %d elements".formatted(READER, size, elements);
      }
    }
    return "";
  }

  private void add(ReplicatorWorld machines, int from, int count) {
    ActorRef<UpdateOutcome> ear = machines.world().engine().spawn(Behaviors.ignore(), "e" + ++ears);
    tell(machines, WRITER, ReplicatorWorld.adding(KEY, from, count, ear));
  }

  /** Looks until the set has so many elements at the reader, or the time is over. */
  private int grown(ReplicatorWorld machines, int elements) {
    var engine = machines.world().engine();
    long until = engine.nanoTime() + PATIENCE.toNanos();
    while (size < elements && engine.nanoTime() < until) {
      ActorRef<ReadOutcome<AddWinsSet<String>>> ear =
          engine.spawn(
              Behaviors.receiveMessage(
                  outcome -> {
                    if (outcome instanceof ReadOutcome.Found<AddWinsSet<String>> found) {
                      size = found.value().size();
                    }
                    return Behaviors.stopped();
                  }),
              "e" + ++ears);
      tell(
          machines,
          READER,
          new Replicator.Get<>(ReplicatorWorld.SETS, KEY, Consistency.local(), ear));
      engine.runFor(Duration.ofMillis(20));
    }
    return size;
  }

  private static void tell(ReplicatorWorld machines, String node, ToReplicator message) {
    machines.replicator(node, KEY).ifPresent(it -> it.tell(message));
  }
}
