package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The snapshot that a leader sends to a witness. */
public final class StatelessSnapshot {

  private static final int CHUNK_BYTES = 1 << 12;

  private StatelessSnapshot() {}

  /** Its body, as {@link SnapshotBody} lays it out: a few bytes for each member. */
  public static Bytes body(LogPosition position, Configuration configuration) {
    var bytes = new ByteArrayOutputStream();
    var out = new ChunkedOutput(CHUNK_BYTES, chunk -> bytes.writeBytes(chunk.toArray()));
    try {
      SnapshotBody.writeStateless(new StatelessContent(position, configuration), out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    }
    return Bytes.wrap(bytes.toByteArray());
  }
}
