package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One group's snapshots. Methods may block on a disk or a data base: not to be called by an actor
 * on the default dispatcher. One thread writes at a time.
 */
public interface Snapshots {

  /**
   * Begins a snapshot up to that entry. An unfinished one of the same position is overwritten.
   *
   * @param metadata the protocol's own, given back with the snapshot
   */
  SnapshotWriter begin(LogPosition position, Bytes metadata);

  /**
   * The newest intact snapshot, checked as a whole. An older one is used only if the log still
   * holds all that follows it.
   *
   * @param base up to where the log is compacted: what {@code GroupLog.base()} says
   * @param damage told of each snapshot passed over, with where it is
   * @throws LogException CORRUPT if the log is compacted, but no intact snapshot covers what is
   *     gone
   */
  Optional<Snapshot> newest(LogPosition base, Consumer<LogFailure> damage);

  /** Opens what {@link #newest} found. */
  SnapshotReader open(Snapshot snapshot);

  /** Deletes all that there is of the group, the unfinished too. */
  void deleteAll();
}
