package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.util.Optional;
import java.util.function.Consumer;

/** One group's newest snapshot, in memory. */
public final class MemorySnapshots implements Snapshots {

  private static final String PLACE = "memory";

  private final GroupId group;

  private final FoundSnapshots bodies = new FoundSnapshots();
  private Optional<Snapshot> newest = Optional.empty();

  public MemorySnapshots(GroupId group) {
    this.group = group;
  }

  @Override
  public SnapshotWriter begin(LogPosition position, Bytes metadata) {
    return new MemorySnapshotWriter(group, position, metadata, PLACE, this::keep);
  }

  @Override
  public synchronized Optional<Snapshot> newest(LogPosition base, Consumer<LogFailure> damage) {
    if (base.index() > newestIndex()) {
      throw new LogException(
          LogFailure.Kind.CORRUPT,
          "group %s: the log begins after %s, and no snapshot covers what is before"
              .formatted(group, base));
    }
    return newest;
  }

  @Override
  public SnapshotReader open(Snapshot snapshot) {
    return bodies
        .open(snapshot)
        .orElseThrow(
            () ->
                new LogException(
                    LogFailure.Kind.CORRUPT,
                    "group %s: the snapshot of %s was deleted"
                        .formatted(group, snapshot.position())));
  }

  @Override
  public synchronized void deleteAll() {
    bodies.clear();
    newest = Optional.empty();
  }

  private synchronized void keep(Snapshot snapshot, Bytes body) {
    if (snapshot.position().index() >= newestIndex()) {
      bodies.put(snapshot, body);
      newest = Optional.of(snapshot);
    }
  }

  private long newestIndex() {
    return newest.map(snapshot -> snapshot.position().index()).orElse(0L);
  }
}
