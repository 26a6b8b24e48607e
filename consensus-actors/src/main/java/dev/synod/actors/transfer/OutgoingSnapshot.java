package dev.synod.actors.transfer;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.Snapshots;
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
