package dev.synod.samples.modes;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.Replicator.Changed;
import dev.synod.crdt.actor.Replicator.Subscribed;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One node's replicated values, as somebody at that node sees them. Its calls wait. */
final class Replica {

  /** For other nodes to answer, on a machine that is busy with other things. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private static final AtomicLong SUBSCRIBERS = new AtomicLong();

  private final ActorSystem<?> system;
  private final ReplicatedValues values;

  Replica(ActorSystem<?> system, ReplicatedValues values) {
    this.system = system;
    this.values = values;
  }

  ReplicatedValues values() {
    return values;
  }

  private static <A> A answer(CompletionStage<A> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Nothing but this replica's own answer is waited for, which a busy machine may give late. */
  private static Consistency here() {
    return Consistency.local().after(CausalToken.NONE, ANSWER_MAX);
  }

  /** Changes it here; others are told afterwards. Whether it was done, or why not. */
  <T extends Lattice<T>> UpdateOutcome update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change) {
    return answer(values.update(family, key, change, here()));
  }

  /** The value here. */
  <T extends Lattice<T>> T value(Family<T> family, String key) {
    var outcome = answer(values.get(family, key, here()));
    if (outcome instanceof ReadOutcome.Found<T> found) {
      return found.value();
    }
    throw new IllegalStateException("a local read can't fail, but got " + outcome);
  }

  /** Reads it at this node and at all others. */
  <T extends Lattice<T>> ReadOutcome<T> readAll(Family<T> family, String key) {
    return answer(values.get(family, key, Consistency.all(ANSWER_MAX)));
  }

  ReplicaId id() {
    return describe().self();
  }

  /** Of its one shard, which a busy machine may let answer late. */
  Replicator.Description describe() {
    var shard = values.replicator("");
    return answer(AskPattern.ask(shard, Replicator.Describe::new, ANSWER_MAX, system.scheduler()));
  }

  /** From now on, all values that this node shows of that key. */
  <T extends Lattice<T>> Shown<T> show(Family<T> family, String key) {
    var shown = new Shown<>(family.empty());
    values.subscribe(family, key, subscriber(changed -> shown.show(changed.value())));
    return shown;
  }

  /** From now on, all that this node shows of that family, by key. */
  <T extends Lattice<T>> Shown<SortedMap<String, T>> showAll(Family<T> family) {
    var shown = new Shown<SortedMap<String, T>>(Collections.emptySortedMap());
    ActorRef<Subscribed<T>> subscriber =
        subscriber(
            changed -> {
              var all = new TreeMap<>(shown.last());
              all.put(changed.key(), changed.value());
              shown.show(Collections.unmodifiableSortedMap(all));
            });
    values.subscribeAll(family, family.prefix(), subscriber);
    return shown;
  }

  private <T extends Lattice<T>> ActorRef<Subscribed<T>> subscriber(Consumer<Changed<T>> each) {
    Behavior<Subscribed<T>> behavior =
        Behaviors.receiveMessage(
            told -> {
              if (told instanceof Changed<T> changed) {
                each.accept(changed);
              }
              return Behaviors.same();
            });
    return system.systemActorOf(
        behavior, "modes-shown-" + SUBSCRIBERS.incrementAndGet(), Props.empty());
  }
}
