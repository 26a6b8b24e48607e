package dev.synod.actors.replica;

import dev.synod.actors.wire.EncodedValue;
import dev.synod.actors.wire.ReasonCode;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.SessionTable.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.serialization.Serialization;

/**
 * How a snapshot's content stands in its file, below the file's own header and checksums. Numbers
 * are big-endian.
 *
 * <pre>
 *   byte   format             3, or 4 if it is a witness's
 *   long   index, long term   of the last entry in it
 *   bytes  configuration      as {@link Configuration#encode} lays it out
 *
 *   nothing more if it is a witness's; else
 *   int    sessions, then for each, by rising id:
 *     long   id
 *     long   forgottenBelow
 *     int    replies, then for each, by rising request:
 *       long   request
 *       byte   1 ok: long index, value reply
 *              2 rejected: byte reason, text
 *              3 unknown: text
 *   value  state
 *   bytes  which entries were changes, as {@link ChangeBits#newest} lays it out
 *   long   version of the state machine, long digest of the block before, long digest of the
 *          block at hand, long the index from which on they can be compared
 *
 *   bytes = int length, then so many bytes      text  = bytes of UTF-8
 *   value = int serializer id, text manifest, bytes
 * </pre>
 */
final class SnapshotBody {

  private static final byte WHOLE = 3;
  private static final byte STATELESS = 4;
  private static final byte OK = 1;
  private static final byte REJECTED = 2;
  private static final byte UNKNOWN = 3;
  private static final int SESSION_BYTES_MIN = 20;
  private static final int REPLY_BYTES_MIN = 13;

  private final Serialization serialization;

  SnapshotBody(Serialization serialization) {
    this.serialization = serialization;
  }

  void write(Captured captured, ChunkedOutput out) throws IOException {
    if (captured instanceof StatelessContent stateless) {
      writeStateless(stateless, out);
    } else if (captured instanceof SnapshotContent<?> whole) {
      writeWhole(whole, out);
    }
  }

  static void writeStateless(StatelessContent content, ChunkedOutput out) throws IOException {
    writeHead(content, STATELESS, out);
    out.flush();
  }

  private static void writeHead(Captured content, byte format, ChunkedOutput out)
      throws IOException {
    out.putByte(format);
    out.putLong(content.position().index());
    out.putLong(content.position().term().number());
    out.putBytes(content.configuration().encode());
  }

  private void writeWhole(SnapshotContent<?> content, ChunkedOutput out) throws IOException {
    writeHead(content, WHOLE, out);
    out.putInt(content.sessions().size());
    for (Kept<Outcome<Object>> session : content.sessions()) {
      writeSession(session, out);
    }
    out.putValue(EncodedValue.of(content.state(), serialization));
    out.putBytes(content.changes());
    out.putLong(content.digest().version());
    out.putLong(content.digest().previous());
    out.putLong(content.digest().own());
    out.putLong(content.digest().comparableFrom());
    out.flush();
  }

  Captured read(ChunkedInput in) throws IOException {
    byte format = in.takeByte();
    if (format != WHOLE && format != STATELESS) {
      throw new IOException(
          "snapshot format " + format + " is not known here: written by a newer version?");
    }
    try {
      var position = in.takePosition();
      var configuration = Configuration.decode(in.takeBytes());
      if (format == WHOLE) {
        return readWhole(position, configuration, in);
      }
      in.expectEnd();
      return new StatelessContent(position, configuration);
    } catch (IllegalArgumentException e) {
      throw new IOException("a snapshot's content is damaged: " + e.getMessage(), e);
    }
  }

  private SnapshotContent<Object> readWhole(
      LogPosition position, Configuration configuration, ChunkedInput in) throws IOException {
    var sessions = readSessions(in);
    var state = in.takeValue().decode(serialization);
    var changes = in.takeBytes();
    ChangeBits.requireKept(position.index(), changes);
    var digest = new DigestChain.Kept(in.takeLong(), in.takeLong(), in.takeLong(), in.takeLong());
    in.expectEnd();
    return new SnapshotContent<>(position, configuration, sessions, state, changes, digest);
  }

  private void writeSession(Kept<Outcome<Object>> session, ChunkedOutput out) throws IOException {
    out.putLong(session.id());
    out.putLong(session.forgottenBelow());
    out.putInt(session.replies().size());
    for (Map.Entry<Long, Outcome<Object>> reply : session.replies().entrySet()) {
      out.putLong(reply.getKey());
      writeOutcome(reply.getValue(), out);
    }
  }

  private void writeOutcome(Outcome<Object> outcome, ChunkedOutput out) throws IOException {
    if (outcome instanceof Outcome.Ok<Object> ok) {
      out.putByte(OK);
      out.putLong(ok.index());
      out.putValue(EncodedValue.of(ok.reply(), serialization));
    } else if (outcome instanceof Outcome.Rejected<Object> rejected) {
      out.putByte(REJECTED);
      out.putByte(ReasonCode.of(rejected.reason()));
      out.putText(rejected.text());
    } else if (outcome instanceof Outcome.Unknown<Object> unknown) {
      out.putByte(UNKNOWN);
      out.putText(unknown.text());
    }
  }

  private List<Kept<Outcome<Object>>> readSessions(ChunkedInput in) throws IOException {
    int count = in.takeCount(SESSION_BYTES_MIN);
    var sessions = new ArrayList<Kept<Outcome<Object>>>(count);
    for (int i = 0; i < count; i++) {
      sessions.add(new Kept<>(in.takeLong(), in.takeLong(), readReplies(in)));
    }
    return sessions;
  }

  private Map<Long, Outcome<Object>> readReplies(ChunkedInput in) throws IOException {
    int count = in.takeCount(REPLY_BYTES_MIN);
    var replies = new TreeMap<Long, Outcome<Object>>();
    for (int i = 0; i < count; i++) {
      replies.put(in.takeLong(), readOutcome(in));
    }
    return replies;
  }

  private Outcome<Object> readOutcome(ChunkedInput in) throws IOException {
    byte kind = in.takeByte();
    return switch (kind) {
      case OK -> {
        long index = in.takeLong();
        yield new Outcome.Ok<>(in.takeValue().decode(serialization), index);
      }
      case REJECTED -> {
        Reason reason = ReasonCode.reason(in.takeByte());
        yield new Outcome.Rejected<>(reason, in.takeText());
      }
      case UNKNOWN -> new Outcome.Unknown<>(in.takeText());
      default -> throw new IOException("unknown outcome " + kind + " of a kept reply");
    };
  }
}
