package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.SessionTable.Kept;
import dev.synod.core.Term;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.pekko.serialization.Serialization;

/** The way to a snapshot's content for tests outside of its package. */
public final class SnapshotBodies {

  private static final int CHUNK_BYTES = 4096;

  private SnapshotBodies() {}

  /** A snapshot with a session and kept replies of every kind. */
  public static byte[] sample(Configuration configuration, Serialization serialization)
      throws IOException {
    Map<Long, Outcome<Object>> replies =
        Map.of(
            1L, new Outcome.Ok<>("five", 7),
            2L, new Outcome.Rejected<>(Outcome.Reason.BUSY, "later"),
            3L, new Outcome.Unknown<>("who knows"));
    var position = new LogPosition(9, new Term(3));
    var sessions = List.of(new Kept<>(4, 1, replies));
    var changes = Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 2, (byte) 0x80});
    var digest = new DigestChain.Kept(1, 77, 78, 0);
    var content =
        new SnapshotContent<Object>(
            position, configuration, sessions, "the state", changes, digest);
    return write(content, serialization);
  }

  /** The bytes again that this content is written as; refuses as a replica does. */
  public static byte[] again(byte[] bytes, Serialization serialization) throws IOException {
    var in =
        new ChunkedInput(
            CHUNK_BYTES, bytes.length, (offset, length) -> Bytes.wrap(bytes, (int) offset, length));
    return write(new SnapshotBody(serialization).read(in), serialization);
  }

  private static byte[] write(Captured content, Serialization serialization) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new SnapshotBody(serialization)
        .write(content, new ChunkedOutput(CHUNK_BYTES, part -> bytes.writeBytes(part.toArray())));
    return bytes.toByteArray();
  }
}
