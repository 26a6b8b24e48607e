package dev.synod.paxos.actor.multi;

import com.typesafe.config.Config;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ConsistencyMessage;
import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.actor.RoleFailed;
import dev.synod.paxos.rules.multi.Regimes;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A replica of a Multi-Paxos group: acceptor, learner and proposer are its children, three actors
 * at once. It hands each message to whom it is for, and fails if one of them does.
 */
public final class MultiPaxosReplica {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Function<Config, MultiPaxosSettings> settings;
  private final Roles roles;

  private MultiPaxosReplica(
      ActorContext<ReplicaMessage> context,
      ReplicaSetup setup,
      Function<Config, MultiPaxosSettings> settings,
      Regimes founding) {
    this.context = context;
    this.setup = setup;
    this.settings = settings;
    var self = context.getSelf();
    var first = settings.apply(context.getSystem().settings().config());
    this.roles =
        new Roles(
            child(SlotAcceptorBehavior.of(setup, first, founding, self), "acceptor"),
            child(SlotLearnerBehavior.of(setup, first, founding, self), "learner"),
            child(SlotProposerBehavior.of(setup, first, founding, self), "proposer"));
    toAll(new Inside.Meet(roles));
  }

  private ActorRef<ReplicaMessage> child(Behavior<ReplicaMessage> behavior, String name) {
    var child = context.spawn(behavior, name, DispatcherSelector.sameAsParent());
    context.watch(child);
    return child;
  }

  /**
   * A replica that restores its state machine first.
   *
   * @param settings those that the configuration of an actor system says
   * @param founding what governs the group from the beginning
   */
  public static Behavior<ReplicaMessage> create(
      ReplicaSetup setup, Function<Config, MultiPaxosSettings> settings, Regimes founding) {
    return Behaviors.setup(
        context -> new MultiPaxosReplica(context, setup, settings, founding).serving());
  }

  private Behavior<ReplicaMessage> serving() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(FromReplica.class, this::onMessage)
        .onMessage(Propose.class, it -> to(roles.proposer(), it))
        .onMessage(Ask.class, it -> to(roles.proposer(), it))
        .onMessage(KeepAlive.class, it -> to(roles.proposer(), it))
        .onMessage(WhoLeads.class, it -> to(roles.proposer(), it))
        .onMessage(Pull.class, it -> to(roles.proposer(), it))
        .onMessage(ApplierMessage.Applied.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.Restored.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.SnapshotTaken.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.SnapshotFailed.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.LookBack.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.Broken.class, it -> to(roles.learner(), it))
        .onMessage(ApplierMessage.SessionsChanged.class, it -> to(roles.proposer(), it))
        .onMessage(ReplicaMessage.SnapshotReceived.class, it -> to(roles.learner(), it))
        .onMessage(
            ReplicaMessage.GetStatus.class,
            get -> to(roles.acceptor(), Inside.Report.to(get.replyTo())))
        .onMessage(ApplierMessage.Digested.class, it -> to(roles.proposer(), it))
        .onMessage(ConsistencyMessage.class, this::onConsistency)
        .onMessage(
            ReplicaMessage.Retune.class,
            retune -> toAll(new Inside.Retuned(settings.apply(retune.system()))))
        .onMessage(ReplicaMessage.PeerAt.class, this::toAll)
        .onMessage(Inside.Trouble.class, this::onTrouble)
        .onMessage(ReplicaMessage.Stop.class, this::onStop)
        .onSignal(
            ChildFailed.class,
            failed -> {
              throw new RoleFailed(failed.getCause());
            })
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> onMessage(FromReplica told) {
    if (told.incarnation() != setup.founded().incarnation()) {
      return Behaviors.same();
    }
    return to(roles.of(told.message()), told);
  }

  private Behavior<ReplicaMessage> onConsistency(ConsistencyMessage message) {
    if (message.incarnation() != setup.founded().incarnation()) {
      return Behaviors.same();
    }
    if (message instanceof CompareDigests asked) {
      return to(
          roles.learner(), new Inside.ForApplier(new ApplierMessage.Compare(Optional.of(asked))));
    }
    return message instanceof Diverged diverged
        ? to(roles.learner(), new Inside.ForApplier(new ApplierMessage.Contradict(diverged)))
        : to(roles.proposer(), message);
  }

  private Behavior<ReplicaMessage> onTrouble(Inside.Trouble trouble) {
    context.getLog().error("{} stops taking part: {}", setup.group(), trouble.why());
    setup.meters().failed();
    roles.learner().tell(trouble);
    roles.proposer().tell(trouble);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }

  /** To the learner last: it takes the first step at a start, and the others have met by then. */
  private Behavior<ReplicaMessage> toAll(ReplicaMessage message) {
    roles.proposer().tell(message);
    roles.acceptor().tell(message);
    return to(roles.learner(), message);
  }

  private static Behavior<ReplicaMessage> to(ActorRef<ReplicaMessage> role, ReplicaMessage it) {
    role.tell(it);
    return Behaviors.same();
  }
}
