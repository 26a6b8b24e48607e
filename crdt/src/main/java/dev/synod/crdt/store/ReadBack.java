package dev.synod.crdt.store;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.crdt.store.ReplicaStore.Reader;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.Snapshots;
import java.util.Optional;

/**
 * Reads a replica's records at the start: the newest snapshot, then what the log has behind it.
 * Cuts off the beginning of a record whose end was not written: nobody was told of that.
 */
final class ReadBack {

  private static final int ENTRIES_MAX = 4096;

  private final GroupLog log;
  private final Snapshots snapshots;
  private final int readBytes;
  private final Reader reader;
  private final Parts parts = new Parts();
  private long snapshotBytes;
  private long bytesBehind;

  ReadBack(GroupLog log, Snapshots snapshots, int readBytes, Reader reader) {
    this.log = log;
    this.snapshots = snapshots;
    this.readBytes = readBytes;
    this.reader = reader;
  }

  /** Reads the snapshot, on this thread, and has the log read. */
  void run() {
    try {
      var snapshot = snapshots.newest(log.base(), damage -> reader.damaged(damage.message()));
      snapshot.ifPresent(this::read);
      log.compactTo(snapshot.map(Snapshot::position).orElse(LogPosition.ZERO));
    } catch (LogException | IllegalArgumentException e) {
      reader.failed("%s: its snapshot can't be read: %s".formatted(log.group(), e.getMessage()));
      return;
    }
    readFrom(log.base().index() + 1);
  }

  private void read(Snapshot snapshot) {
    try (var body = snapshots.open(snapshot)) {
      SnapshotFrames.read(body, readBytes, reader::record);
    }
    snapshotBytes = snapshot.size();
  }

  private void readFrom(long index) {
    if (index > log.last().index()) {
      parts.unfinished().ifPresent(log::truncateFrom);
      reader.end(snapshotBytes, bytesBehind);
      return;
    }
    long upTo = log.lastIndexWithin(index, ENTRIES_MAX, readBytes);
    log.read(index, upTo, result -> take(result, upTo));
  }

  private void take(GroupLog.ReadResult result, long upTo) {
    if (result instanceof GroupLog.ReadResult.Failed failed) {
      reader.failed(failed.failure().message());
      return;
    }
    if (!(result instanceof GroupLog.ReadResult.Entries found)) {
      reader.failed("%s: entries up to %d are gone".formatted(log.group(), upTo));
      return;
    }
    for (Entry entry : found.entries()) {
      Optional<String> wrong = take(entry);
      if (wrong.isPresent()) {
        reader.failed("%s, entry %d: %s".formatted(log.group(), entry.index(), wrong.get()));
        return;
      }
    }
    readFrom(upTo + 1);
  }

  /** What is wrong with it, if anything. */
  private Optional<String> take(Entry entry) {
    try {
      bytesBehind += entry.payload().length() + ReplicaStore.RECORD_BYTES;
      Optional<Bytes> whole = parts.take(entry);
      whole.ifPresent(reader::record);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
