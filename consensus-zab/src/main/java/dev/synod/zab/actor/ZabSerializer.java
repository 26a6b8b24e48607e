package dev.synod.zab.actor;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What ZAB servers say to each other, as bytes. Each message begins with {@code long incarnation,
 * 16 bytes from}; then, by manifest:
 *
 * <pre>
 *   NO  Notification     long round, byte state, yes/no votes, 16 bytes leader, long epoch,
 *                        position last
 *   FE  FollowerEpoch    long acceptedEpoch
 *   NE  NewEpoch         long epoch
 *   AE  AckEpoch         long epoch, yes/no counts, long currentEpoch, position last
 *   TR  Truncate         long epoch, position to
 *   PR  Propose          long epoch, position previous, long commitIndex,
 *                        entries ({@link EntryBlock})
 *   IN  Inform           long epoch, position previous, entries ({@link EntryBlock})
 *   IS  InstallSnapshot  long epoch, position lastIncluded, bytes configuration
 *   NL  NewLeader        long epoch, position last
 *   AL  AckNewLeader     long epoch, long lastIndex
 *   UD  UpToDate         long epoch, long commitIndex
 *   AK  Ack              long epoch, long lastIndex
 *   BE  Behind           long epoch, long lastIndex
 *   CO  Commit           long epoch, long index
 *   PI  Ping             long epoch, long commitIndex, long round
 *   PO  Pong             long epoch, long round
 *   RS  RequestSync      long epoch, long read
 *   SR  SyncReply        long epoch, long read, long index
 *   SU  Successor        long epoch, 16 bytes to
 *   RN  RemovalNotice    long epoch, long version
 *
 *   position = long index, long epoch
 * </pre>
 */
public final class ZabSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_513;

  private static final ZabMessage.Cases<ZabLayout> LAYOUT = new ZabLayout.OfMessage();

  public ZabSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return ((FromServer) message).message().match(LAYOUT).manifest();
  }

  @Override
  protected void write(Object message, WireWriter out) {
    var told = (FromServer) message;
    out.putLong(told.incarnation());
    out.putStore(told.message().from());
    told.message().match(LAYOUT).fields().accept(out);
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    long incarnation = in.takeLong();
    return new FromServer(incarnation, read(manifest, in.takeStore(), in));
  }

  private static ZabMessage read(String manifest, StoreId from, WireReader in) {
    return switch (manifest) {
      case ZabLayout.NOTIFICATION ->
          new ZabMessage.Notification(
              from,
              in.takeNatural("a round"),
              PeerState.of(in.takeByte()),
              in.takeBoolean(),
              readVote(in));
      case ZabLayout.FOLLOWER_EPOCH -> new ZabMessage.FollowerEpoch(from, in.takeTerm());
      default -> read(manifest, from, in.takeTerm(), in);
    };
  }

  private static Vote readVote(WireReader in) {
    return new Vote(in.takeStore(), in.takeTerm(), in.takePosition());
  }

  private static ZabMessage read(String manifest, StoreId from, Term epoch, WireReader in) {
    return switch (manifest) {
      case ZabLayout.NEW_EPOCH -> new ZabMessage.NewEpoch(from, epoch);
      case ZabLayout.ACK_EPOCH ->
          new ZabMessage.AckEpoch(from, epoch, in.takeBoolean(), in.takeTerm(), in.takePosition());
      case ZabLayout.TRUNCATE -> new ZabMessage.Truncate(from, epoch, in.takePosition());
      case ZabLayout.PROPOSE -> readPropose(from, epoch, in);
      case ZabLayout.INFORM -> readInform(from, epoch, in);
      case ZabLayout.INSTALL_SNAPSHOT ->
          new ZabMessage.InstallSnapshot(
              from, epoch, in.takePosition(), Configuration.decode(in.takeBytes()));
      case ZabLayout.NEW_LEADER -> new ZabMessage.NewLeader(from, epoch, in.takePosition());
      case ZabLayout.ACK_NEW_LEADER ->
          new ZabMessage.AckNewLeader(from, epoch, in.takeNatural("an index"));
      case ZabLayout.UP_TO_DATE ->
          new ZabMessage.UpToDate(from, epoch, in.takeNatural("a commit index"));
      case ZabLayout.ACK -> new ZabMessage.Ack(from, epoch, in.takeNatural("an index"));
      case ZabLayout.BEHIND -> new ZabMessage.Behind(from, epoch, in.takeNatural("an index"));
      case ZabLayout.COMMIT -> new ZabMessage.Commit(from, epoch, in.takeNatural("an index"));
      case ZabLayout.PING ->
          new ZabMessage.Ping(
              from, epoch, in.takeNatural("a commit index"), in.takeNatural("a round"));
      case ZabLayout.PONG -> new ZabMessage.Pong(from, epoch, in.takeNatural("a round"));
      case ZabLayout.REQUEST_SYNC -> new ZabMessage.RequestSync(from, epoch, in.takeLong());
      case ZabLayout.SYNC_REPLY ->
          new ZabMessage.SyncReply(from, epoch, in.takeLong(), in.takeNatural("an index"));
      case ZabLayout.SUCCESSOR -> new ZabMessage.Successor(from, epoch, in.takeStore());
      case ZabLayout.REMOVAL_NOTICE ->
          new ZabMessage.RemovalNotice(from, epoch, in.takeNatural("a version"));
      default -> throw unknown(manifest);
    };
  }

  private static ZabMessage readPropose(StoreId from, Term epoch, WireReader in) {
    var previous = in.takePosition();
    long commitIndex = in.takeNatural("a commit index");
    var entries = EntryBlock.read(previous.index() + 1, in);
    return new ZabMessage.Propose(from, epoch, previous, entries, commitIndex);
  }

  private static ZabMessage readInform(StoreId from, Term epoch, WireReader in) {
    var previous = in.takePosition();
    return new ZabMessage.Inform(from, epoch, previous, EntryBlock.read(previous.index() + 1, in));
  }
}
