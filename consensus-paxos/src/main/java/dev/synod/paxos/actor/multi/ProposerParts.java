package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.ConsistencyCheck;
import dev.synod.actors.replica.LeaderSeekers;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.SessionExpiry;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.rules.multi.SlotProposer;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** What a proposer works with, beside its rules, and by which settings. */
final class ProposerParts {

  final ActorRef<ReplicaMessage> learner;
  final Replicas replicas;
  final ProposerTimers clock;
  final ClientQueue clients;
  final UnderWay underWay = new UnderWay();
  final ProposerQueues queues;
  final ProposerReads reads;
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
      ActorRef<ReplicaMessage> learner,
      Supplier<SlotProposer> proposer) {
    this.settings = settings;
    this.learner = learner;
    this.proposer = proposer;
    this.replicas = new Replicas(setup, replica);
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

  /** Goes by other settings from now on. */
  void by(MultiPaxosSettings other) {
    settings = other;
    clock.settings(other);
    clients.readsMax(other.readsPendingMax());
    reads.settings(other);
    sessions.timeouts(other.sessionTimeout().toNanos(), other.sessionTimeoutWhenFull().toNanos());
  }
}
