package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Reached;
import dev.synod.crdt.rules.Replication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The node's replicas of the other shards of the keys: which of them wait for what this one has.
 * Whoever waits asks again after a while; what is not asked again is forgotten, as what somebody
 * waits for may be lost for ever.
 */
final class Siblings {

  private final int max;
  private final Consumer<Runnable> leave;
  private final Map<Await, Long> waiting = new LinkedHashMap<>();
  private long now;
  private List<ActorRef<ToReplicator>> shards = List.of();

  /** What one shard's replica says to another's. */
  sealed interface Word extends ToReplicator {}

  /**
   * Says who they are. To be told to each of them once all have been started; until then nothing
   * that follows changes in another shard is shown.
   *
   * @param shards by their numbers, the one that is told this included
   */
  record Meet(List<ActorRef<ToReplicator>> shards) implements Word {
    Meet {
      shards = List.copyOf(shards);
    }
  }

  /**
   * Tell that shard once you have this.
   *
   * @param by that shard's number
   */
  record Await(int by, Effect.Await what) implements Word {}

  /** The sender has that. */
  record Answer(Reached reached) implements Word {}

  /**
   * @param max how many may wait; more have to ask again
   * @param leave has them told, now or once that may leave
   */
  Siblings(int max, Consumer<Runnable> leave) {
    this.max = max;
    this.leave = leave;
  }

  /** Meets them: none goes on without the others, as what it has may follow what they have. */
  void meet(Meet siblings, ActorContext<ToReplicator> context) {
    shards = siblings.shards();
    shards.stream().filter(it -> !it.equals(context.getSelf())).forEach(context::watch);
  }

  /** Asks one of them. */
  void await(int by, Effect.Await what) {
    if (what.shard() < shards.size()) {
      shards.get(what.shard()).tell(new Await(by, what));
    }
  }

  /** One of them asks. */
  void asked(Await question, Replication replication) {
    if (!tell(question, replication) && (waiting.size() < max || waiting.containsKey(question))) {
      waiting.put(question, now);
    }
  }

  /** Some time has passed: whoever has not asked again since the last time does not wait. */
  void tick() {
    waiting.values().removeIf(it -> it < now);
    now++;
  }

  /** Tells those who wait for what is here by now. */
  void tell(Replication replication) {
    if (!waiting.isEmpty()) {
      waiting.keySet().removeIf(it -> tell(it, replication));
    }
  }

  private boolean tell(Await question, Replication replication) {
    var reached =
        question.by() < shards.size()
            ? replication.reached(question.what())
            : Optional.<Reached>empty();
    reached.ifPresent(it -> leave.accept(() -> shards.get(question.by()).tell(new Answer(it))));
    return reached.isPresent();
  }
}
