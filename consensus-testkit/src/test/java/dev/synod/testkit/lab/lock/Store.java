package dev.synod.testkit.lab.lock;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A store as far as a lock needs it, in memory: one key, which expires by the wall clock. It
 * answers first and replicates later.
 */
final class Store {

  /** How far the replica is behind. */
  private static final Duration LAG = Duration.ofMillis(50);

  sealed interface Message extends LabMessage {}

  /**
   * {@code SET lock owner NX PX ttl}: only if there is none.
   *
   * @param store its number, for the asker to know the answer by
   */
  record SetIfAbsent(int store, String owner, long ttlMillis, ActorRef<Answer> replyTo)
      implements Message {}

  /** Deletes the key if it is that owner's. */
  record Delete(String owner) implements Message {}

  private record Replicate(Held held) implements Message {}

  /** From the primary. */
  record Copied(Held held) implements Message {}

  record Held(String owner, Instant until) {}

  /** Answers to {@link SetIfAbsent}. */
  record Answer(int store, String owner, boolean set) implements LabMessage {}

  private final Machine machine;
  private final Consumer<Copied> replica;
  private final ActorContext<Message> context;

  private Store(Machine machine, Consumer<Copied> replica, ActorContext<Message> context) {
    this.machine = machine;
    this.replica = replica;
    this.context = context;
  }

  /**
   * Empty, as after a start without a disk.
   *
   * @param replica takes what is copied; it may go nowhere
   */
  static Behavior<Message> on(Machine machine, Consumer<Copied> replica) {
    return Behaviors.setup(
        context -> new Store(machine, replica, context).holding(Optional.empty()));
  }

  private Behavior<Message> holding(Optional<Held> key) {
    return Behaviors.receive(Message.class)
        .onMessage(SetIfAbsent.class, asked -> set(asked, key))
        .onMessage(
            Delete.class,
            deleted -> holding(key.filter(held -> !held.owner().equals(deleted.owner()))))
        .onMessage(Copied.class, copied -> holding(Optional.of(copied.held())))
        .onMessage(
            Replicate.class,
            due -> {
              replica.accept(new Copied(due.held()));
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<Message> set(SetIfAbsent asked, Optional<Held> key) {
    var now = machine.wallTime();
    boolean free = key.filter(held -> now.isBefore(held.until())).isEmpty();
    machine.peers().tell(asked.replyTo(), new Answer(asked.store(), asked.owner(), free));
    if (!free) {
      return Behaviors.same();
    }
    var held = new Held(asked.owner(), now.plusMillis(asked.ttlMillis()));
    context.scheduleOnce(LAG, context.getSelf(), new Replicate(held));
    return holding(Optional.of(held));
  }
}
