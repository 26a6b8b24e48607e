package dev.synod.raft.actor;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What Raft servers say to each other, as bytes. Each message begins with {@code long incarnation,
 * 16 bytes from, long term}; then, by manifest:
 *
 * <pre>
 *   PV  RequestPreVote    position lastLog
 *   PR  PreVoteReply      yes/no granted
 *   RV  RequestVote       position lastLog, yes/no handover
 *   VR  VoteReply         yes/no granted
 *   AE  AppendEntries     position previous, long commitIndex, entries ({@link EntryBlock})
 *   AA  AppendAccepted    long matchIndex
 *   AR  AppendRejected    long previousIndex, position hint
 *   HB  Heartbeat         long commitIndex, long round
 *   HR  HeartbeatReply    long round, int priority
 *   RI  RequestReadIndex  long read
 *   RX  ReadIndexReply    long read, long index
 *   TN  TimeoutNow
 *   IS  InstallSnapshot   position lastIncluded, bytes configuration, boolean stateless
 *   RM  RemovalNotice     long version
 *
 *   position = long index, long term
 * </pre>
 */
public final class RaftSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_511;

  private static final RaftMessage.Cases<RaftLayout> LAYOUT = new RaftLayout.OfMessage();

  public RaftSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return ((FromPeer) message).message().match(LAYOUT).manifest();
  }

  @Override
  protected void write(Object message, WireWriter out) {
    var fromPeer = (FromPeer) message;
    out.putLong(fromPeer.incarnation());
    out.putStore(fromPeer.message().from());
    out.putLong(fromPeer.message().term().number());
    fromPeer.message().match(LAYOUT).fields().accept(out);
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    long incarnation = in.takeLong();
    return new FromPeer(incarnation, read(manifest, in.takeStore(), in.takeTerm(), in));
  }

  private static RaftMessage read(String manifest, StoreId from, Term term, WireReader in) {
    return switch (manifest) {
      case RaftLayout.PRE_VOTE -> new RequestPreVote(from, term, in.takePosition());
      case RaftLayout.PRE_VOTE_REPLY -> new PreVoteReply(from, term, in.takeBoolean());
      case RaftLayout.VOTE -> new RequestVote(from, term, in.takePosition(), in.takeBoolean());
      case RaftLayout.VOTE_REPLY -> new VoteReply(from, term, in.takeBoolean());
      case RaftLayout.APPEND -> readAppend(from, term, in);
      case RaftLayout.ACCEPTED -> new AppendAccepted(from, term, in.takeNatural("a match index"));
      case RaftLayout.REJECTED ->
          new AppendRejected(from, term, in.takeNatural("an index"), in.takePosition());
      case RaftLayout.HEARTBEAT ->
          new Heartbeat(from, term, in.takeNatural("a commit index"), in.takeNatural("a round"));
      case RaftLayout.HEARTBEAT_REPLY ->
          new HeartbeatReply(from, term, in.takeNatural("a round"), in.takeInt());
      case RaftLayout.READ_INDEX -> new RequestReadIndex(from, term, in.takeLong());
      case RaftLayout.READ_INDEX_REPLY ->
          new ReadIndexReply(from, term, in.takeLong(), in.takeNatural("an index"));
      case RaftLayout.TIMEOUT_NOW -> new TimeoutNow(from, term);
      case RaftLayout.INSTALL ->
          new InstallSnapshot(
              from,
              term,
              in.takePosition(),
              Configuration.decode(in.takeBytes()),
              in.takeBoolean());
      case RaftLayout.REMOVAL -> new RemovalNotice(from, term, in.takeNatural("a version"));
      default -> throw unknown(manifest);
    };
  }

  private static AppendEntries readAppend(StoreId from, Term term, WireReader in) {
    var previous = in.takePosition();
    long commitIndex = in.takeNatural("a commit index");
    return new AppendEntries(
        from, term, previous, EntryBlock.read(previous.index() + 1, in), commitIndex);
  }
}
