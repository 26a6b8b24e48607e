package dev.synod.samples.modes;

import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.Replicator.Changed;
import dev.synod.crdt.actor.Replicator.Subscribed;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One node's replica of keyed values, as somebody at that node sees it. Its calls wait. */
final class Replica {

  /** For an actor of this JVM to answer, and for others to be asked by it. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private static final AtomicLong SUBSCRIBERS = new AtomicLong();

  private final ActorSystem<?> system;
  private final ActorRef<ToReplicator> replicator;

  Replica(ActorSystem<?> system, ActorRef<ToReplicator> replicator) {
    this.system = system;
    this.replicator = replicator;
  }

  private <A> A ask(Function<ActorRef<A>, ToReplicator> question) {
    return AskPattern.<ToReplicator, A>ask(
            replicator, question::apply, ANSWER_MAX.multipliedBy(2), system.scheduler())
        .toCompletableFuture()
        .join();
  }

  /** Changes it here; others are told afterwards. Whether it was done, or why not. */
  <T extends Lattice<T>> UpdateOutcome update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change) {
    return ask(
        (ActorRef<UpdateOutcome> replyTo) ->
            new Replicator.Update<>(family, key, change, Consistency.local(), replyTo));
  }

  /** The value here. */
  <T extends Lattice<T>> T value(Family<T> family, String key) {
    return valueOf(read(family, key, Consistency.local()));
  }

  /** Reads it at this node and at all others. */
  <T extends Lattice<T>> ReadOutcome<T> readAll(Family<T> family, String key) {
    return read(family, key, Consistency.all(ANSWER_MAX));
  }

  private <T extends Lattice<T>> ReadOutcome<T> read(
      Family<T> family, String key, Consistency consistency) {
    return ask(
        (ActorRef<ReadOutcome<T>> replyTo) ->
            new Replicator.Get<>(family, key, consistency, replyTo));
  }

  private static <T> T valueOf(ReadOutcome<T> outcome) {
    if (outcome instanceof ReadOutcome.Found<T> found) {
      return found.value();
    }
    throw new IllegalStateException("a local read can't fail, but got " + outcome);
  }

  ReplicaId id() {
    return describe().self();
  }

  Replicator.Description describe() {
    return ask((ActorRef<Replicator.Description> replyTo) -> new Replicator.Describe(replyTo));
  }

  /** From now on, all values that this node shows of that key. */
  <T extends Lattice<T>> Shown<T> show(Family<T> family, String key) {
    var shown = new Shown<>(family.empty());
    replicator.tell(
        new Replicator.Subscribe<>(
            family, key, false, subscriber(changed -> shown.show(changed.value()))));
    return shown;
  }

  /** From now on, all that this node shows of that family, by key. */
  <T extends Lattice<T>> Shown<SortedMap<String, T>> showAll(Family<T> family) {
    var shown = new Shown<SortedMap<String, T>>(Collections.emptySortedMap());
    replicator.tell(
        new Replicator.Subscribe<>(
            family,
            family.prefix(),
            true,
            subscriber(
                changed -> {
                  var values = new TreeMap<>(shown.last());
                  values.put(changed.key(), changed.value());
                  shown.show(Collections.unmodifiableSortedMap(values));
                })));
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
