package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Membership.Learned;
import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Inherited;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** A replica before it has an id. Calls wait, as long as there is room. */
final class Enrolling {

  private enum Again implements ToReplicator {
    ENROL
  }

  private final ActorContext<ToReplicator> context;
  private final TimerScheduler<ToReplicator> timers;
  private final StashBuffer<ToReplicator> stash;
  private final ReplicatorSetup setup;
  private final ReplicaRegistry registry;
  private final Function<Standing, List<Inherited<?>>> inherited;
  private final long start = ThreadLocalRandom.current().nextLong();

  private Enrolling(
      ActorContext<ToReplicator> context,
      TimerScheduler<ToReplicator> timers,
      StashBuffer<ToReplicator> stash,
      ReplicatorSetup setup,
      ReplicaRegistry registry,
      Function<Standing, List<Inherited<?>>> inherited) {
    this.context = context;
    this.timers = timers;
    this.stash = stash;
    this.setup = setup;
    this.registry = registry;
    this.inherited = inherited;
  }

  /**
   * A replica that gets an id first.
   *
   * @param inherited changes of the one before that others lack, by what stands
   */
  static Behavior<ToReplicator> behavior(
      ReplicatorSetup setup,
      ReplicaRegistry registry,
      Function<Standing, List<Inherited<?>>> inherited) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.withStash(
                        setup.settings().callsPendingMax(),
                        stash ->
                            new Enrolling(context, timers, stash, setup, registry, inherited)
                                .enrol())));
  }

  private Behavior<ToReplicator> enrol() {
    context.pipeToSelf(registry.enrol(setup.node(), start), Learned::new);
    return Behaviors.receive(ToReplicator.class)
        .onMessage(Learned.class, this::onLearned)
        .onMessage(Again.class, again -> enrol())
        .onMessage(PeerMessage.class, message -> Behaviors.same()) // for the one before
        .onMessage(FromAside.class, done -> Behaviors.same()) // for that, too
        .onMessage(ReplicatorTimer.class, timer -> Behaviors.same()) // of the one before
        .onAnyMessage(this::onOther)
        .build();
  }

  private Behavior<ToReplicator> onLearned(Learned learned) {
    var standing = learned.standing();
    var self = standing == null ? null : standing.members().get(setup.node());
    if (standing == null || self == null) {
      context
          .getLog()
          .warn("The registry of replicas gave no id yet, and is asked again", learned.failure());
      timers.startSingleTimer(Again.ENROL, setup.settings().antiEntropyInterval());
      return Behaviors.same();
    }
    return stash.unstashAll(
        new ReplicatorActor(
                context, timers, setup, Beginning.of(self, setup, inherited.apply(standing)))
            .start(standing));
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
