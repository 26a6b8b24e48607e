package dev.synod.actors.transfer;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.MemorySnapshotReader;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.Snapshots;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A snapshot file being sent. Its methods block on the disk.
 *
 * @param crc CRC32C of the whole body
 */
record OutgoingSnapshot(
    Snapshot snapshot, Configuration configuration, int crc, SnapshotReader reader)
    implements AutoCloseable {

  private static final int READ_AT_ONCE = 1 << 16;

  /**
   * Opens the newest intact one.
   *
   * @throws LogException if there is none or it can't be read
   */
  static OutgoingSnapshot open(Snapshots snapshots, Consumer<LogFailure> damage) {
    var newest =
        snapshots
            .newest(LogPosition.ZERO, damage)
            .orElseThrow(
                () -> new LogException(LogFailure.Kind.CORRUPT, "there is no intact snapshot"));
    var configuration = Configuration.decode(newest.metadata());
    var reader = snapshots.open(newest);
    try {
      return new OutgoingSnapshot(newest, configuration, crc(newest, reader), reader);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * The place of the newest intact one, without what it holds: all that a witness needs.
   *
   * @param body of such a snapshot
   * @throws LogException if there is none or it can't be read
   */
  static OutgoingSnapshot stateless(
      Snapshots snapshots,
      Consumer<LogFailure> damage,
      BiFunction<LogPosition, Configuration, Bytes> body) {
    try (var whole = open(snapshots, damage)) {
      var from = whole.snapshot();
      var bytes = body.apply(from.position(), whole.configuration());
      var snapshot =
          new Snapshot(from.group(), from.position(), from.metadata(), bytes.length(), from.file());
      var crc = new CRC32C();
      bytes.addTo(crc);
      return new OutgoingSnapshot(
          snapshot,
          whole.configuration(),
          (int) crc.getValue(),
          new MemorySnapshotReader(snapshot, bytes));
    }
  }

  Bytes read(long offset, int length) {
    return reader.read(offset, length);
  }

  @Override
  public void close() {
    reader.close();
  }

  private static int crc(Snapshot snapshot, SnapshotReader reader) {
    var crc = new CRC32C();
    for (long at = 0; at < snapshot.size(); at += READ_AT_ONCE) {
      reader.read(at, READ_AT_ONCE).addTo(crc);
    }
    return (int) crc.getValue();
  }
}
