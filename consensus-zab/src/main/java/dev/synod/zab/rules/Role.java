package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage;
import java.util.List;
import java.util.Optional;

/**
 * What a server is at the moment (Medeiros §3.1), and with it all that it decides. Every role
 * answers every message; those that mean nothing to it change nothing.
 */
public sealed interface Role extends ZabMessage.Cases<Step> permits Looking, Joined, Leading {

  Server server();

  Epochs epochs();

  /** Up to where this server knows that all is committed. */
  long commitIndex();

  /** How many elections it has begun since its start, or the highest such number heard. */
  long round();

  PeerState state();

  /** For whom it would answer in an election. */
  Vote vote();

  /** Whom clients should turn to, if known. */
  Optional<StoreId> leader();

  /** How far it has come with its leader. */
  Phase phase();

  /** The same role by other bounds, which count from the next message on. */
  Role with(ZabLimits limits);

  /** What leaving this role takes, before anything else. */
  List<Effect> leaving();

  default StoreId self() {
    return server().self();
  }

  default Step receive(ZabMessage message) {
    return message.match(this);
  }

  /** The same role, with these effects. */
  default Step stay(Effect... effects) {
    return Step.of(this, this, effects);
  }

  /** Medeiros §4.1: what it says in an election. */
  default ZabMessage.Notification notice() {
    boolean votes = state() == PeerState.LEADING || server().mayStand(commitIndex());
    return new ZabMessage.Notification(self(), round(), state(), votes, vote());
  }

  /** Who looks for a leader is told what is known here. */
  @Override
  default Step notification(ZabMessage.Notification message) {
    return message.state() == PeerState.LOOKING
        ? stay(new Effect.Send(message.from(), notice()))
        : stay();
  }

  @Override
  default Step followerEpoch(ZabMessage.FollowerEpoch message) {
    return stay();
  }

  @Override
  default Step newEpoch(ZabMessage.NewEpoch message) {
    return stay();
  }

  @Override
  default Step ackEpoch(ZabMessage.AckEpoch message) {
    return stay();
  }

  @Override
  default Step truncate(ZabMessage.Truncate message) {
    return stay();
  }

  @Override
  default Step propose(ZabMessage.Propose message) {
    return stay();
  }

  @Override
  default Step inform(ZabMessage.Inform message) {
    return stay();
  }

  @Override
  default Step installSnapshot(ZabMessage.InstallSnapshot message) {
    return stay();
  }

  @Override
  default Step newLeader(ZabMessage.NewLeader message) {
    return stay();
  }

  @Override
  default Step ackNewLeader(ZabMessage.AckNewLeader message) {
    return stay();
  }

  @Override
  default Step upToDate(ZabMessage.UpToDate message) {
    return stay();
  }

  @Override
  default Step ack(ZabMessage.Ack message) {
    return stay();
  }

  @Override
  default Step behind(ZabMessage.Behind message) {
    return stay();
  }

  @Override
  default Step commit(ZabMessage.Commit message) {
    return stay();
  }

  @Override
  default Step ping(ZabMessage.Ping message) {
    return stay();
  }

  @Override
  default Step pong(ZabMessage.Pong message) {
    return stay();
  }

  @Override
  default Step requestSync(ZabMessage.RequestSync message) {
    return stay();
  }

  @Override
  default Step successor(ZabMessage.Successor message) {
    return stay();
  }

  @Override
  default Step removalNotice(ZabMessage.RemovalNotice message) {
    return stay();
  }

  @Override
  default Step syncReply(ZabMessage.SyncReply message) {
    return stay();
  }
}
