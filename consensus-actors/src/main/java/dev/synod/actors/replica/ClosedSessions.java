package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The payload of a log entry of kind {@code CLOSE_SESSIONS}: which sessions end here, on every
 * replica alike.
 *
 * <pre>
 *   byte   format     1
 *   int    count      1 to {@value #SESSIONS_MAX}
 *   long   session    count times, rising
 * </pre>
 */
public record ClosedSessions(List<Long> sessions) {

  /** Most sessions that one entry ends: 32 KiB. Who has more to end proposes more entries. */
  public static final int SESSIONS_MAX = 4_096;

  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 5;

  public ClosedSessions {
    sessions = sessions.stream().distinct().sorted().toList();
    if (sessions.isEmpty() || sessions.size() > SESSIONS_MAX || sessions.get(0) < 1) {
      throw new IllegalArgumentException(
          "an entry ends 1 to %d sessions, numbered from 1, but got %d of them"
              .formatted(SESSIONS_MAX, sessions.size()));
    }
  }

  public Bytes encode() {
    var buffer = ByteBuffer.allocate(HEADER_BYTES + sessions.size() * Long.BYTES);
    buffer.put(FORMAT).putInt(sessions.size());
    sessions.forEach(buffer::putLong);
    return Bytes.wrap(buffer.array());
  }

  /** The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong. */
  public static ClosedSessions decode(Bytes payload) {
    var buffer = payload.asBuffer();
    if (buffer.remaining() < HEADER_BYTES) {
      throw new IllegalArgumentException("a list of ended sessions of only " + payload);
    }
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "format %d of a list of ended sessions is not known here: written by a newer version?"
              .formatted(format));
    }
    int count = buffer.getInt();
    if (count < 1 || count > SESSIONS_MAX || buffer.remaining() != count * Long.BYTES) {
      throw new IllegalArgumentException(
          "a list of %d ended sessions in %d bytes".formatted(count, buffer.remaining()));
    }
    var listed = LongStream.range(0, count).mapToObj(i -> buffer.getLong()).toList();
    var closed = new ClosedSessions(listed);
    if (!closed.sessions().equals(listed)) {
      throw new IllegalArgumentException("ended sessions are listed in order, each once");
    }
    return closed;
  }
}
