package dev.synod.raft.actor;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireWriter;
import dev.synod.raft.protocol.RaftMessage;
import java.util.function.Consumer;

/**
 * How one message is laid out, after what all have in common.
 *
 * @param manifest names the layout on the wire; never changes its meaning
 * @param fields writes the message's own fields
 */
record RaftLayout(String manifest, Consumer<WireWriter> fields) {

  static final String PRE_VOTE = "PV";
  static final String PRE_VOTE_REPLY = "PR";
  static final String VOTE = "RV";
  static final String VOTE_REPLY = "VR";
  static final String APPEND = "AE";
  static final String ACCEPTED = "AA";
  static final String REJECTED = "AR";
  static final String HEARTBEAT = "HB";
  static final String HEARTBEAT_REPLY = "HR";
  static final String READ_INDEX = "RI";
  static final String READ_INDEX_REPLY = "RX";
  static final String TIMEOUT_NOW = "TN";
  static final String INSTALL = "IS";
  static final String REMOVAL = "RM";

  /** The layout of each message: forget one, and this does not compile. */
  static final class OfMessage implements RaftMessage.Cases<RaftLayout> {

    @Override
    public RaftLayout requestPreVote(RaftMessage.RequestPreVote request) {
      return new RaftLayout(PRE_VOTE, out -> out.putPosition(request.lastLog()));
    }

    @Override
    public RaftLayout preVoteReply(RaftMessage.PreVoteReply reply) {
      return new RaftLayout(PRE_VOTE_REPLY, out -> out.putBoolean(reply.granted()));
    }

    @Override
    public RaftLayout requestVote(RaftMessage.RequestVote request) {
      return new RaftLayout(
          VOTE,
          out -> {
            out.putPosition(request.lastLog());
            out.putBoolean(request.handover());
          });
    }

    @Override
    public RaftLayout voteReply(RaftMessage.VoteReply reply) {
      return new RaftLayout(VOTE_REPLY, out -> out.putBoolean(reply.granted()));
    }

    @Override
    public RaftLayout appendEntries(RaftMessage.AppendEntries append) {
      return new RaftLayout(
          APPEND,
          out -> {
            out.putPosition(append.previous());
            out.putLong(append.commitIndex());
            EntryBlock.write(append.previous().index() + 1, append.entries(), out);
          });
    }

    @Override
    public RaftLayout appendAccepted(RaftMessage.AppendAccepted reply) {
      return new RaftLayout(ACCEPTED, out -> out.putLong(reply.matchIndex()));
    }

    @Override
    public RaftLayout appendRejected(RaftMessage.AppendRejected reply) {
      return new RaftLayout(
          REJECTED,
          out -> {
            out.putLong(reply.previousIndex());
            out.putPosition(reply.hint());
          });
    }

    @Override
    public RaftLayout heartbeat(RaftMessage.Heartbeat heartbeat) {
      return new RaftLayout(
          HEARTBEAT,
          out -> {
            out.putLong(heartbeat.commitIndex());
            out.putLong(heartbeat.round());
          });
    }

    @Override
    public RaftLayout heartbeatReply(RaftMessage.HeartbeatReply reply) {
      return new RaftLayout(
          HEARTBEAT_REPLY,
          out -> {
            out.putLong(reply.round());
            out.putInt(reply.priority());
          });
    }

    @Override
    public RaftLayout requestReadIndex(RaftMessage.RequestReadIndex request) {
      return new RaftLayout(READ_INDEX, out -> out.putLong(request.read()));
    }

    @Override
    public RaftLayout readIndexReply(RaftMessage.ReadIndexReply reply) {
      return new RaftLayout(
          READ_INDEX_REPLY,
          out -> {
            out.putLong(reply.read());
            out.putLong(reply.index());
          });
    }

    @Override
    public RaftLayout timeoutNow(RaftMessage.TimeoutNow request) {
      return new RaftLayout(TIMEOUT_NOW, out -> {});
    }

    @Override
    public RaftLayout installSnapshot(RaftMessage.InstallSnapshot snapshot) {
      return new RaftLayout(
          INSTALL,
          out -> {
            out.putPosition(snapshot.lastIncluded());
            out.putBytes(snapshot.configuration().encode());
            out.putBoolean(snapshot.stateless());
          });
    }

    @Override
    public RaftLayout removalNotice(RaftMessage.RemovalNotice notice) {
      return new RaftLayout(REMOVAL, out -> out.putLong(notice.version()));
    }
  }
}
