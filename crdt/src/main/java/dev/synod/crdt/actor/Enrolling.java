package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Membership.Learned;
import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Inheritance;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** A replica before it has an id. Calls wait, as long as there is room. */
final class Enrolling {

  private enum Again implements ToReplicator {
    ENROL
  }

  /**
   * The answer to this start's question, and to no other that is still open: that would name the
   * replica before.
   */
  private record Answered(@Nullable Standing standing, @Nullable Throwable failure)
      implements ToReplicator {}

  private final ActorContext<ToReplicator> context;
  private final TimerScheduler<ToReplicator> timers;
  private final StashBuffer<ToReplicator> stash;
  private final ReplicatorSetup setup;
  private final Keeping keeping;
  private final long numbers;
  private final Function<Standing, Inheritance> inheritance;
  private final long start = ThreadLocalRandom.current().nextLong();

  private Enrolling(
      ActorContext<ToReplicator> context,
      TimerScheduler<ToReplicator> timers,
      StashBuffer<ToReplicator> stash,
      ReplicatorSetup setup,
      Keeping keeping,
      long numbers,
      Function<Standing, Inheritance> inheritance) {
    this.context = context;
    this.timers = timers;
    this.stash = stash;
    this.setup = setup;
    this.keeping = keeping;
    this.numbers = numbers;
    this.inheritance = inheritance;
  }

  /**
   * A replica that gets an id first, and writes that down.
   *
   * @param numbers see {@link Beginning}
   * @param inheritance changes of the one before that others lack, by what stands
   */
  static Behavior<ToReplicator> behavior(
      ReplicatorSetup setup,
      Keeping keeping,
      long numbers,
      Function<Standing, Inheritance> inheritance) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.withStash(
                        setup.settings().callsPendingMax(),
                        stash ->
                            new Enrolling(
                                    context, timers, stash, setup, keeping, numbers, inheritance)
                                .enrol())));
  }

  private Behavior<ToReplicator> enrol() {
    var registry = setup.registry().orElseThrow();
    context.pipeToSelf(registry.enrol(setup.node(), start), Answered::new);
    return Behaviors.receive(ToReplicator.class)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Learned.class, late -> Behaviors.same()) // asked by the one before
        .onMessage(Again.class, again -> enrol())
        .onMessage(PeerMessage.class, message -> Behaviors.same()) // for the one before
        .onMessage(FromAside.class, done -> Behaviors.same()) // for that, too
        .onMessage(ReplicatorTimer.class, timer -> Behaviors.same()) // of the one before
        .onAnyMessage(this::onOther)
        .build();
  }

  private Behavior<ToReplicator> onAnswered(Answered answer) {
    var standing = answer.standing();
    var self = standing == null ? null : standing.members().get(setup.node());
    if (standing == null || self == null) {
      context
          .getLog()
          .warn("The registry of replicas gave no id yet, and is asked again", answer.failure());
      timers.startSingleTimer(Again.ENROL, setup.settings().antiEntropyInterval());
      return Behaviors.same();
    }
    var anew = inheritance.apply(standing);
    var replication = Beginning.empty(self, setup).at(standing);
    keeping.became(replication, anew);
    var beginning = new Beginning(self, numbers, replication, keeping, anew);
    return stash.unstashAll(new ReplicatorActor(context, timers, setup, beginning).start());
  }

  private Behavior<ToReplicator> onOther(ToReplicator message) {
    if (!stash.isFull()) {
      stash.stash(message);
    } else if (message instanceof Call call) {
      call.refuse("busy: this node's replica has no id yet");
    }
    return Behaviors.same();
  }
}
