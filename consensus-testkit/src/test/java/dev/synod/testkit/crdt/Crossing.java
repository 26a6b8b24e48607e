package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Somebody who goes from machine to machine and from shard to shard when all is well, writes in
 * each what follows all before, and finds it in each: so nothing waits for another shard for ever.
 * The keys are fresh: a value may have a change that came by itself and whose replica was lost with
 * the others of its changes, and nobody can show more to whoever has seen that.
 */
final class Crossing {

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String ELEMENT = "crossing";

  private final ReplicatorRun run;
  private CausalToken token = CausalToken.NONE;
  private String missing = "";
  private boolean isAnswered;

  Crossing(ReplicatorRun run) {
    this.run = run;
  }

  /** What is not served, or not found where it should be. */
  Optional<String> wrong() {
    for (String node : run.nodes()) {
      for (String key : run.shards().freshKeys()) {
        write(node, key);
        for (String other : run.nodes()) {
          read(other, key);
        }
        if (!missing.isEmpty()) {
          return Optional.of("served in peace: " + missing);
        }
      }
    }
    return Optional.empty();
  }

  private Consistency consistency() {
    return Consistency.local().after(token, PATIENCE);
  }

  private void write(String node, String key) {
    isAnswered = false;
    ActorRef<UpdateOutcome> ear =
        run.ear(
            outcome -> {
              if (outcome instanceof UpdateOutcome.Written written) {
                token = written.token();
              } else {
                missing = "%s does not write %s: %s".formatted(node, key, outcome);
              }
              isAnswered = true;
            });
    run.tell(
        node,
        key,
        new Replicator.Update<>(
            ReplicatorWorld.SETS,
            key,
            (set, me) -> set.add(me, ELEMENT + node),
            consistency(),
            ear));
    await(node, key);
  }

  private void read(String node, String key) {
    isAnswered = false;
    ActorRef<ReadOutcome<AddWinsSet<String>>> ear =
        run.ear(
            outcome -> {
              if (!(outcome instanceof ReadOutcome.Found<AddWinsSet<String>> found)
                  || found.value().elements().stream().noneMatch(it -> it.startsWith(ELEMENT))) {
                missing = "%s does not show %s: %s".formatted(node, key, outcome);
              }
              isAnswered = true;
            });
    run.tell(node, key, new Replicator.Get<>(ReplicatorWorld.SETS, key, consistency(), ear));
    await(node, key);
  }

  private void await(String node, String key) {
    long until = run.engine().nanoTime() + PATIENCE.multipliedBy(2).toNanos();
    while (!isAnswered && run.engine().nanoTime() < until) {
      run.engine().runFor(LOOK);
    }
    if (!isAnswered) {
      missing = "%s does not answer for %s".formatted(node, key);
    }
  }
}
