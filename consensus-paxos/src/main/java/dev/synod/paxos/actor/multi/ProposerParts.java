package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.ConsistencyCheck;
import dev.synod.actors.replica.LeaderSeekers;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.SessionExpiry;
import dev.synod.core.Outcome.Reason;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.SlotProposer;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** What a proposer works with, beside its rules, and by which settings. */
final class ProposerParts {

  final ActorRef<ReplicaMessage> learner;
  final Replicas replicas;
  final KnownAcceptors acceptors;
  final ProposerTimers clock;
  final ClientQueue clients;
  final UnderWay underWay = new UnderWay();
  final ProposerQueues queues;
  final ProposerReads reads;
  final MemberChanges changes;
  final SessionExpiry sessions;
  final Refusals refusals;
  final LeaderSeekers seekers;
  final ConsistencyCheck consistency;
  private final Supplier<SlotProposer> proposer;
  private MultiPaxosSettings settings;

  /**
   * @param proposer what it is now
   */
  ProposerParts(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timers,
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      ActorRef<ReplicaMessage> replica,
      Roles roles,
      Supplier<SlotProposer> proposer) {
    this.settings = settings;
    this.learner = roles.learner();
    this.proposer = proposer;
    this.replicas = new Replicas(setup, replica, roles);
    this.acceptors = new KnownAcceptors(setup.nanoTime());
    this.clock = new ProposerTimers(timers, settings, setup.random(), setup.nanoTime());
    this.clients = new ClientQueue(settings.readsPendingMax(), setup.random().nextLong() >>> 1);
    this.queues = new ProposerQueues(setup.meters(), clients, underWay);
    this.sessions =
        new SessionExpiry(
            setup.founded().sessions().sessionsMax(),
            settings.sessionTimeout().toNanos(),
            settings.sessionTimeoutWhenFull().toNanos(),
            setup.nanoTime());
    this.refusals = new Refusals(setup.group(), setup.peers(), setup.meters(), this::leaderRef);
    this.changes = new MemberChanges(refusals);
    this.reads = new ProposerReads(setup, settings, clock, clients, refusals, learner);
    this.seekers = new LeaderSeekers(setup.group(), setup.founded().incarnation(), setup.peers());
    this.consistency = new ConsistencyCheck(setup, replica, context.getLog(), replicas::refOf);
  }

  MultiPaxosSettings settings() {
    return settings;
  }

  /** Where the distinguished proposer's replica is, as far as this one knows. */
  Optional<ActorRef<ReplicaMessage>> leaderRef() {
    return proposer.get().leader().flatMap(replicas::refOf);
  }

  /** Whether so many proposals can be taken beside those that are not yet answered. */
  boolean hasRoomFor(int proposals) {
    return queues.proposals() + proposals <= settings.proposalsPendingMax();
  }

  /** They become slots as soon as the window has room. */
  void take(Propose propose) {
    refusals.refuse(clients.add(propose), Reason.BUSY, "a later try takes its place");
  }

  /** Why there is no room. */
  String busy() {
    return queues.proposals() + " proposals are under way already; try again later";
  }

  /** Goes by other settings from now on. */
  void by(MultiPaxosSettings other) {
    settings = other;
    clock.settings(other);
    clients.readsMax(other.readsPendingMax());
    queues.retuned();
    reads.settings(other);
    sessions.timeouts(other.sessionTimeout().toNanos(), other.sessionTimeoutWhenFull().toNanos());
  }

  // What it takes no rule for

  Behavior<ReplicaMessage> onDigested(ApplierMessage.Digested digested) {
    if (proposer.get() instanceof Leading) {
      consistency.begin(digested.own(), proposer.get().state().configuration());
    }
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> onDigestsAre(DigestsAre answer) {
    consistency.answered(answer, proposer.get().state().configuration());
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> onKeepAlive(KeepAlive alive) {
    sessions.heard(alive.session());
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> onSessionsChanged(ApplierMessage.SessionsChanged changed) {
    sessions.changed(changed.opened(), changed.closed());
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> onWhoLeads(WhoLeads ask) {
    seekers.add(ask);
    seekers.look(proposer.get().state().epoch(), this::leaderRef);
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    replicas.put(peer);
    seekers.look(proposer.get().state().epoch(), this::leaderRef);
    return Behaviors.same();
  }

  /** A replica that has lost touch with the group would let a watch stand still, unnoticed. */
  Behavior<ReplicaMessage> onPull(Pull pull) {
    if (proposer.get().leader().isPresent()) {
      learner.tell(new Inside.ForApplier(new ApplierMessage.Watch(pull)));
    } else {
      refusals.refuse(pull, "this replica hears no proposer");
    }
    return Behaviors.same();
  }
}
