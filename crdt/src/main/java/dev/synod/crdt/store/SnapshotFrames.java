package dev.synod.crdt.store;

import dev.synod.core.Bytes;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.SnapshotWriter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The body of a snapshot: records, each behind its length in four bytes. */
final class SnapshotFrames {

  private SnapshotFrames() {}

  static void write(Bytes kept, SnapshotWriter to) {
    var length = ByteBuffer.allocate(Integer.BYTES).putInt(kept.length());
    to.append(Bytes.wrap(length.array()));
    to.append(kept);
  }

  /**
   * Reads all records.
   *
   * @param readBytes about how many bytes are read at once
   * @throws IllegalArgumentException if they are cut short
   */
  static void read(SnapshotReader from, int readBytes, Consumer<Bytes> each) {
    long size = from.snapshot().size();
    long at = 0;
    var window = Bytes.EMPTY;
    while (at < size) {
      if (window.length() < Integer.BYTES || window.length() < Integer.BYTES + length(window)) {
        int needed =
            window.length() < Integer.BYTES ? Integer.BYTES : Integer.BYTES + length(window);
        window = from.read(at, Math.max(readBytes, needed));
        if (window.length() < needed) {
          throw new IllegalArgumentException("a record of the snapshot is cut short");
        }
        continue;
      }
      int length = length(window);
      each.accept(window.part(Integer.BYTES, length));
      at += Integer.BYTES + (long) length;
      window = window.from(Integer.BYTES + length);
    }
  }

  /** No more than one array can have. */
  private static int length(Bytes window) {
    int length = window.asBuffer().getInt();
    if (length < 0 || length > Integer.MAX_VALUE - Integer.BYTES) {
      throw new IllegalArgumentException("a record of the snapshot has no length");
    }
    return length;
  }
}
