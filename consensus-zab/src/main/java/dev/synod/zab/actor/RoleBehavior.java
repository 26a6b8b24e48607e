package dev.synod.zab.actor;

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
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.EntrySender;
import dev.synod.core.Outcome.Reason;
import dev.synod.zab.protocol.ZabMessage.InstallSnapshot;
import dev.synod.zab.rules.Phase;
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

  final ZabShell shell;

  RoleBehavior(ActorContext<ReplicaMessage> context, ZabShell shell) {
    super(context);
    this.shell = shell;
  }

  abstract Behavior<ReplicaMessage> onPropose(Propose propose);

  /** What needs the leader: reads that must know what is committed, and administrators' wishes. */
  abstract Behavior<ReplicaMessage> onUnconfirmed(Ask ask);

  Behavior<ReplicaMessage> onFlush() {
    return this;
  }

  Behavior<ReplicaMessage> onElectionDue() {
    return this;
  }

  Behavior<ReplicaMessage> onFinalizeDue() {
    return this;
  }

  Behavior<ReplicaMessage> onJoinDue() {
    return this;
  }

  Behavior<ReplicaMessage> onLeaderSilent() {
    return this;
  }

  Behavior<ReplicaMessage> onSyncDue() {
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

  /** It led when these were to be prepared, and they are in no log. */
  Behavior<ReplicaMessage> onPrepared(ApplierMessage.Prepared prepared) {
    shell.clients.endPreparing(prepared);
    shell.refusals.refuse(
        prepared.all().stream().map(ClientQueue.Proposed::notAppended).toList(),
        Reason.NO_LEADER,
        "this replica leads no more");
    return this;
  }

  Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }

  @Override
  public Receive<ReplicaMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromServer.class, shell::fromServer)
        .onMessage(ReplicaMessage.Durable.class, durable -> shell.durable(durable.ticket()))
        .onMessage(Propose.class, this::onOwnPropose)
        .onMessage(ApplierMessage.Prepared.class, this::onPrepared)
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

  private Behavior<ReplicaMessage> onRetune(ReplicaMessage.Retune retune) {
    shell.retune(retune);
    shell.queues.retuned();
    return this;
  }

  private Behavior<ReplicaMessage> onTimeout(Timeout timeout) {
    return switch (timeout) {
      case ELECTION -> onElectionDue();
      case FINALIZE -> onFinalizeDue();
      case JOIN -> onJoinDue();
      case SILENCE -> shell.timers.isSilenceDue() ? onLeaderSilent() : this;
      case HEARTBEAT -> onHeartbeatDue();
      case QUORUM_CHECK -> onQuorumCheckDue();
      case SYNC -> shell.timers.isSyncDue() ? onSyncDue() : this;
      case FLUSH -> onFlush();
      case DEPARTURE -> shell.departure.over();
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
    var unconfirmed = ReadsAtHand.answered(shell, ask);
    return unconfirmed.questions().isEmpty() ? this : onUnconfirmed(unconfirmed);
  }

  /** A replica that has lost touch with the group would let a watch stand still, unnoticed. */
  private Behavior<ReplicaMessage> onPull(Pull pull) {
    if (shell.role().phase() == Phase.BROADCAST) {
      shell.applier.tell(new ApplierMessage.Watch(pull));
    } else {
      shell.refusals.refuse(pull, "this replica has no leader, or not its history yet");
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
            received.from(), received.term(), received.position(), received.configuration()));
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
    shell.seekers.look(shell.role().epochs().accepted().number(), shell::leaderRef);
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
