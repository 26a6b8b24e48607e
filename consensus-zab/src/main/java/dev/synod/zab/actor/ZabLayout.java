package dev.synod.zab.actor;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireWriter;
import dev.synod.zab.protocol.ZabMessage;
import java.util.function.Consumer;

/**
 * How one message is laid out, after what all have in common.
 *
 * @param manifest names the layout on the wire; never changes its meaning
 * @param fields writes the message's own fields
 */
record ZabLayout(String manifest, Consumer<WireWriter> fields) {

  static final String NOTIFICATION = "NO";
  static final String FOLLOWER_EPOCH = "FE";
  static final String NEW_EPOCH = "NE";
  static final String ACK_EPOCH = "AE";
  static final String TRUNCATE = "TR";
  static final String PROPOSE = "PR";
  static final String INFORM = "IN";
  static final String INSTALL_SNAPSHOT = "IS";
  static final String NEW_LEADER = "NL";
  static final String ACK_NEW_LEADER = "AL";
  static final String UP_TO_DATE = "UD";
  static final String ACK = "AK";
  static final String BEHIND = "BE";
  static final String COMMIT = "CO";
  static final String PING = "PI";
  static final String PONG = "PO";
  static final String REQUEST_SYNC = "RS";
  static final String SYNC_REPLY = "SR";
  static final String SUCCESSOR = "SU";
  static final String REMOVAL_NOTICE = "RN";

  /** The layout of each message: forget one, and this does not compile. */
  static final class OfMessage implements ZabMessage.Cases<ZabLayout> {

    @Override
    public ZabLayout notification(ZabMessage.Notification message) {
      return new ZabLayout(
          NOTIFICATION,
          out -> {
            out.putLong(message.round());
            out.putByte(message.state().code());
            out.putBoolean(message.votes());
            out.putStore(message.vote().leader());
            out.putLong(message.vote().epoch().number());
            out.putPosition(message.vote().last());
          });
    }

    @Override
    public ZabLayout followerEpoch(ZabMessage.FollowerEpoch message) {
      return new ZabLayout(
          FOLLOWER_EPOCH,
          out -> {
            out.putLong(message.acceptedEpoch().number());
          });
    }

    @Override
    public ZabLayout newEpoch(ZabMessage.NewEpoch message) {
      return new ZabLayout(
          NEW_EPOCH,
          out -> {
            out.putLong(message.epoch().number());
          });
    }

    @Override
    public ZabLayout ackEpoch(ZabMessage.AckEpoch message) {
      return new ZabLayout(
          ACK_EPOCH,
          out -> {
            out.putLong(message.epoch().number());
            out.putBoolean(message.counts());
            out.putLong(message.currentEpoch().number());
            out.putPosition(message.last());
          });
    }

    @Override
    public ZabLayout truncate(ZabMessage.Truncate message) {
      return new ZabLayout(
          TRUNCATE,
          out -> {
            out.putLong(message.epoch().number());
            out.putPosition(message.to());
          });
    }

    @Override
    public ZabLayout propose(ZabMessage.Propose message) {
      return new ZabLayout(
          PROPOSE,
          out -> {
            out.putLong(message.epoch().number());
            out.putPosition(message.previous());
            out.putLong(message.commitIndex());
            EntryBlock.write(message.previous().index() + 1, message.entries(), out);
          });
    }

    @Override
    public ZabLayout inform(ZabMessage.Inform message) {
      return new ZabLayout(
          INFORM,
          out -> {
            out.putLong(message.epoch().number());
            out.putPosition(message.previous());
            EntryBlock.write(message.previous().index() + 1, message.entries(), out);
          });
    }

    @Override
    public ZabLayout installSnapshot(ZabMessage.InstallSnapshot message) {
      return new ZabLayout(
          INSTALL_SNAPSHOT,
          out -> {
            out.putLong(message.epoch().number());
            out.putPosition(message.lastIncluded());
            out.putBytes(message.configuration().encode());
          });
    }

    @Override
    public ZabLayout newLeader(ZabMessage.NewLeader message) {
      return new ZabLayout(
          NEW_LEADER,
          out -> {
            out.putLong(message.epoch().number());
            out.putPosition(message.last());
          });
    }

    @Override
    public ZabLayout ackNewLeader(ZabMessage.AckNewLeader message) {
      return new ZabLayout(
          ACK_NEW_LEADER,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.lastIndex());
          });
    }

    @Override
    public ZabLayout upToDate(ZabMessage.UpToDate message) {
      return new ZabLayout(
          UP_TO_DATE,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.commitIndex());
          });
    }

    @Override
    public ZabLayout ack(ZabMessage.Ack message) {
      return new ZabLayout(
          ACK,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.lastIndex());
          });
    }

    @Override
    public ZabLayout behind(ZabMessage.Behind message) {
      return new ZabLayout(
          BEHIND,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.lastIndex());
          });
    }

    @Override
    public ZabLayout commit(ZabMessage.Commit message) {
      return new ZabLayout(
          COMMIT,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.index());
          });
    }

    @Override
    public ZabLayout ping(ZabMessage.Ping message) {
      return new ZabLayout(
          PING,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.commitIndex());
            out.putLong(message.round());
          });
    }

    @Override
    public ZabLayout pong(ZabMessage.Pong message) {
      return new ZabLayout(
          PONG,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.round());
          });
    }

    @Override
    public ZabLayout requestSync(ZabMessage.RequestSync message) {
      return new ZabLayout(
          REQUEST_SYNC,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.read());
          });
    }

    @Override
    public ZabLayout syncReply(ZabMessage.SyncReply message) {
      return new ZabLayout(
          SYNC_REPLY,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.read());
            out.putLong(message.index());
          });
    }

    @Override
    public ZabLayout successor(ZabMessage.Successor message) {
      return new ZabLayout(
          SUCCESSOR,
          out -> {
            out.putLong(message.epoch().number());
            out.putStore(message.to());
          });
    }

    @Override
    public ZabLayout removalNotice(ZabMessage.RemovalNotice message) {
      return new ZabLayout(
          REMOVAL_NOTICE,
          out -> {
            out.putLong(message.epoch().number());
            out.putLong(message.version());
          });
    }
  }
}
