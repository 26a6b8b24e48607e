package dev.synod.raft.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.EntrySender;
import dev.synod.core.Outcome.Reason;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Follower;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * What all roles have in common as actors: messages go to the rules, reports of log and applier to
 * the shell. The roles differ in what they tell clients.
 */
abstract class RoleBehavior extends AbstractBehavior<ReplicaMessage> {

  static final String REMOVED = "this replica was removed from the group: it may be stopped";
  static final String WITNESS =
      "this replica is a witness, which has no state to answer from: ask the leader, or another";

  final RaftShell shell;

  RoleBehavior(ActorContext<ReplicaMessage> context, RaftShell shell) {
    super(context);
    this.shell = shell;
  }

  abstract Behavior<ReplicaMessage> onPropose(Propose propose);

  /** What needs the leader: reads that must know what is committed, and administrators' wishes. */
  abstract Behavior<ReplicaMessage> onUnconfirmed(Ask ask);

  Behavior<ReplicaMessage> onFlush() {
    return this;
  }

  Behavior<ReplicaMessage> onReadIndexDue() {
    return this;
  }

  Behavior<ReplicaMessage> onHeartbeatDue() {
    return this;
  }

  Behavior<ReplicaMessage> onQuorumCheckDue() {
    return this;
  }

  /** The digests of this replica's own state, which only a leader asks for. */
  Behavior<ReplicaMessage> onDigested(DigestsAre own) {
    return this;
  }

  /** Those of another replica. */
  Behavior<ReplicaMessage> onDigestsAre(DigestsAre answer) {
    return this;
  }

  Behavior<ReplicaMessage> onSnapshotDelivered(ReplicaMessage.SnapshotDelivered delivered) {
    return this;
  }

  Behavior<ReplicaMessage> onSnapshotNotDelivered(
      ReplicaMessage.SnapshotNotDelivered notDelivered) {
    return this;
  }

  Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }

  @Override
  public Receive<ReplicaMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromPeer.class, shell::fromPeer)
        .onMessage(ReplicaMessage.Durable.class, durable -> shell.durable(durable.ticket()))
        .onMessage(Propose.class, this::onOwnPropose)
        .onMessage(Timeout.class, this::onTimeout)
        .onMessage(ApplierMessage.Applied.class, this::onApplied)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(
            EntrySender.Fetched.class, fetched -> shell.fetched(shell.entries.fetched(fetched)))
        .onMessage(ApplyFeed.Fetched.class, fetched -> shell.fetched(shell.feed.fetched(fetched)))
        .onMessage(KeepAlive.class, this::onKeepAlive)
        .onMessage(WhoLeads.class, this::onWhoLeads)
        .onMessage(Pull.class, this::onPull)
        .onMessage(ApplierMessage.LookBack.class, this::onLookBack)
        .onMessage(CompareDigests.class, this::onCompare)
        .onMessage(Diverged.class, this::onDiverged)
        .onMessage(ApplierMessage.Digested.class, digested -> onDigested(digested.own()))
        .onMessage(DigestsAre.class, this::onDigestsAre)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(ReplicaMessage.GetStatus.class, this::onGetStatus)
        .onMessage(ApplierMessage.SessionsChanged.class, this::onSessionsChanged)
        .onMessage(ApplierMessage.SnapshotTaken.class, this::onSnapshotTaken)
        .onMessage(ApplierMessage.SnapshotFailed.class, this::onSnapshotFailed)
        .onMessage(ApplierMessage.Restored.class, this::onRestored)
        .onMessage(ReplicaMessage.SnapshotReceived.class, this::onSnapshotReceived)
        .onMessage(
            ReplicaMessage.SnapshotDelivered.class,
            delivered -> {
              shell.senders.ended(delivered.to());
              return onSnapshotDelivered(delivered);
            })
        .onMessage(
            ReplicaMessage.SnapshotNotDelivered.class,
            notDelivered -> {
              shell.senders.ended(notDelivered.to());
              return onSnapshotNotDelivered(notDelivered);
            })
        .onMessage(ApplierMessage.Broken.class, broken -> shell.failed(broken.reason(), false))
        .onMessage(
            ReplicaMessage.LogFailed.class,
            failed -> shell.failed(failed.failure().message(), true))
        .onMessage(ReplicaMessage.Retune.class, this::onRetune)
        .onMessage(ReplicaMessage.Stop.class, this::onStop)
        .build();
  }

  /** While its disk is far behind, a server could not even keep its own vote. */
  private Behavior<ReplicaMessage> onElectionDue() {
    if (shell.isDiskBehind()) {
      shell.timers.perform(Effect.Timer.RESTART_ELECTION);
      return this;
    }
    return shell.perform(shell.role().electionTimeout());
  }

  private Behavior<ReplicaMessage> onRetune(ReplicaMessage.Retune retune) {
    shell.retune(retune);
    shell.queues.retuned();
    return this;
  }

  private Behavior<ReplicaMessage> onTimeout(Timeout timeout) {
    return switch (timeout) {
      case ELECTION -> shell.timers.isElectionDue() ? onElectionDue() : this;
      case STICKINESS ->
          shell.timers.isStickinessDue() ? shell.perform(shell.role().leaderSilent()) : this;
      case HEARTBEAT -> onHeartbeatDue();
      case QUORUM_CHECK -> onQuorumCheckDue();
      case READ_INDEX -> shell.timers.isReadIndexDue() ? onReadIndexDue() : this;
      case DEPARTURE -> shell.departure.over();
      case FLUSH -> onFlush();
    };
  }

  private Behavior<ReplicaMessage> onOwnPropose(Propose propose) {
    if (!propose.group().equals(shell.setup.group())) {
      shell.refusals.refuse(propose, Reason.NOT_HOSTED, "this is " + shell.setup.group());
      return this;
    }
    return onPropose(propose);
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    if (!ask.group().equals(shell.setup.group())) {
      shell.refusals.refuse(ask, Reason.NOT_HOSTED, "this is " + shell.setup.group());
      return this;
    }
    if (shell.role().server().isRemoved()) {
      shell.refusals.refuse(ask, Reason.NOT_HOSTED, REMOVED);
      return this;
    }
    if (isWitness()) {
      shell.refusals.refuse(ask, Reason.NO_LEADER, WITNESS);
      return this;
    }
    var unconfirmed = ReadsAtHand.answered(shell, ask);
    return unconfirmed.questions().isEmpty() ? this : onUnconfirmed(unconfirmed);
  }

  private boolean isWitness() {
    return shell.role() instanceof Follower && shell.role().isWitness();
  }

  /**
   * A replica that has lost touch with the group, or was removed from it, would let a watch stand
   * still, unnoticed.
   */
  private Behavior<ReplicaMessage> onPull(Pull pull) {
    if (shell.role().leader().isEmpty() || !shell.role().hearsLeader()) {
      shell.refusals.refuse(pull, "this replica hears no leader");
    } else if (isWitness()) {
      shell.refusals.refuse(pull, WITNESS);
    } else {
      shell.applier.tell(new ApplierMessage.Watch(pull));
    }
    return this;
  }

  private Behavior<ReplicaMessage> onCompare(CompareDigests asked) {
    if (asked.incarnation() == shell.setup.founded().incarnation()) {
      shell.applier.tell(new ApplierMessage.Compare(Optional.of(asked)));
    }
    return this;
  }

  private Behavior<ReplicaMessage> onDiverged(Diverged diverged) {
    if (diverged.incarnation() == shell.setup.founded().incarnation()) {
      shell.applier.tell(new ApplierMessage.Contradict(diverged));
    }
    return this;
  }

  private Behavior<ReplicaMessage> onLookBack(ApplierMessage.LookBack back) {
    shell.feed.lookBack(back);
    return this;
  }

  private Behavior<ReplicaMessage> onApplied(ApplierMessage.Applied applied) {
    shell.feed.applied(applied.index());
    shell.setup.meters().appliedIndex(applied.index());
    shell.log.delivered(Math.min(shell.feed.applied(), deliveredUpTo()));
    takeSnapshotIfDue();
    return this;
  }

  /** Up to where no other server is still to be sent the log from here. */
  long deliveredUpTo() {
    return Long.MAX_VALUE;
  }

  private void takeSnapshotIfDue() {
    if (shell.snapshots.isDue(shell.feed.applied(), shell.feed.bytesFed())) {
      shell.applier.tell(ApplierMessage.TakeSnapshot.INSTANCE);
    }
  }

  /** The next one may have become due meanwhile, by entries after which no others come. */
  private Behavior<ReplicaMessage> onSnapshotTaken(ApplierMessage.SnapshotTaken taken) {
    shell.snapshots.taken(taken.position(), shell.log);
    shell.setup.meters().snapshotWritten(taken.bytes());
    takeSnapshotIfDue();
    return this;
  }

  private Behavior<ReplicaMessage> onSnapshotFailed(ApplierMessage.SnapshotFailed failed) {
    getContext().getLog().warn("no snapshot of {}: {}", shell.setup.group(), failed.reason());
    shell.snapshots.failed(shell.feed.applied());
    return this;
  }

  private Behavior<ReplicaMessage> onRestored(ApplierMessage.Restored restored) {
    shell.feed.restored(restored.position().index());
    shell.snapshots.taken(restored.position(), shell.log);
    return this;
  }

  /** The leader's InstallSnapshot, whose bytes are here already. */
  private Behavior<ReplicaMessage> onSnapshotReceived(ReplicaMessage.SnapshotReceived received) {
    shell.setup.meters().snapshotReceived(received.bytes());
    return shell.hear(
        new InstallSnapshot(
            received.from(),
            received.term(),
            received.position(),
            received.configuration(),
            received.stateless()));
  }

  private Behavior<ReplicaMessage> onSessionsChanged(ApplierMessage.SessionsChanged changed) {
    shell.sessions.changed(changed.opened(), changed.closed());
    return this;
  }

  private Behavior<ReplicaMessage> onKeepAlive(KeepAlive alive) {
    shell.sessions.heard(alive.session());
    return this;
  }

  private Behavior<ReplicaMessage> onWhoLeads(WhoLeads ask) {
    shell.seekers.add(ask);
    return tellSeekers();
  }

  /** Who leads, to clients that wait for that. */
  private Behavior<ReplicaMessage> tellSeekers() {
    shell.seekers.look(shell.role().term().number(), shell::leaderRef);
    return this;
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    shell.roster.put(peer.store(), peer.replica());
    return tellSeekers();
  }

  private Behavior<ReplicaMessage> onGetStatus(ReplicaMessage.GetStatus get) {
    shell.setup.peers().tell(get.replyTo(), StatusReport.of(shell));
    return this;
  }
}
