package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.MemorySnapshotReader;
import dev.synod.log.snapshot.Snapshot;
import java.nio.BufferUnderflowException;

/**
 * How a snapshot of a group becomes one object of the snapshot store.
 *
 * <pre>
 *   frame, as {@link Frame} makes it, of the kind 16
 *   long index, long term, int length of the metadata, metadata, body
 * </pre>
 */
final class SnapshotFormat {

  private static final byte SNAPSHOT = 16;

  private SnapshotFormat() {}

  static byte[] encode(Snapshot snapshot, Bytes body) {
    var position = snapshot.position();
    int size =
        Math.addExact(2 * Long.BYTES + Integer.BYTES + snapshot.metadata().length(), body.length());
    return Frame.of(
        SNAPSHOT,
        size,
        bytes -> {
          bytes.putLong(position.index()).putLong(position.term().number());
          bytes.putInt(snapshot.metadata().length());
          snapshot.metadata().writeTo(bytes);
          body.writeTo(bytes);
        });
  }

  /** The inverse of {@link #encode}; throws a {@link LogException} if the bytes are damaged. */
  static MemorySnapshotReader decode(GroupId group, byte[] stored, String place) {
    var frame = Frame.read(stored, place);
    try {
      var bytes = frame.body();
      var position = new LogPosition(bytes.getLong(), new Term(bytes.getLong()));
      var metadata = Bytes.copyFrom(bytes, bytes.getInt());
      var body = Bytes.copyFrom(bytes, bytes.remaining());
      return new MemorySnapshotReader(
          new Snapshot(group, position, metadata, body.length(), place), body);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new LogException(
          LogFailure.Kind.CORRUPT, "%s: a snapshot can't be read: %s".formatted(place, e));
    }
  }
}
