package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.FoundSnapshots;
import dev.synod.log.snapshot.MemorySnapshotReader;
import dev.synod.log.snapshot.MemorySnapshotWriter;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.SnapshotWriter;
import dev.synod.log.snapshot.Snapshots;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One group's newest snapshot, in the snapshot store. */
final class PersistentSnapshots implements Snapshots {

  private final GroupId group;
  private final String persistenceId;
  private final Plugins plugins;
  private final PersistenceSettings settings;
  private final FoundSnapshots found = new FoundSnapshots();

  PersistentSnapshots(GroupId group, String persistenceId, Plugins plugins) {
    this.group = group;
    this.persistenceId = persistenceId;
    this.plugins = plugins;
    this.settings = plugins.settings();
  }

  @Override
  public SnapshotWriter begin(LogPosition position, Bytes metadata) {
    return new MemorySnapshotWriter(group, position, metadata, persistenceId, this::keep);
  }

  @Override
  public Optional<Snapshot> newest(LogPosition base, Consumer<LogFailure> damage) {
    var newest = load();
    newest.ifPresent(reader -> found.put(reader.snapshot(), reader.body()));
    if (base.index() > newest.map(reader -> reader.snapshot().position().index()).orElse(0L)) {
      throw new LogException(
          LogFailure.Kind.CORRUPT,
          "group %s: the log begins after %s, and no snapshot in %s covers what is before"
              .formatted(group, base, persistenceId));
    }
    return newest.map(MemorySnapshotReader::snapshot);
  }

  @Override
  public SnapshotReader open(Snapshot snapshot) {
    return found
        .open(snapshot)
        .orElseThrow(
            () ->
                new LogException(
                    LogFailure.Kind.CORRUPT,
                    "%s: the snapshot of %s was not found here"
                        .formatted(persistenceId, snapshot.position())));
  }

  @Override
  public void deleteAll() {
    var deleted = new CompletableFuture<Void>();
    plugins.spawn(
        SnapshotChange.class,
        () -> SnapshotChange.deletion(plugins, persistenceId, deleted),
        deleted::completeExceptionally);
    plugins.await(deleted, settings.snapshotTimeout(), "deleting snapshots of " + group);
  }

  private void keep(Snapshot snapshot, Bytes body) {
    if (body.length() > settings.snapshotBytesMax()) {
      throw new LogException(
          LogFailure.Kind.FULL,
          ("group %s: a snapshot of %d bytes is larger than synod.persistence.snapshot-bytes-max"
                  + " (%d); until it may be stored the group's log grows")
              .formatted(group, body.length(), settings.snapshotBytesMax()));
    }
    var stored = new CompletableFuture<Void>();
    byte[] bytes = SnapshotFormat.encode(snapshot, body);
    long index = snapshot.position().index();
    plugins.spawn(
        SnapshotChange.class,
        () -> SnapshotChange.saving(plugins, persistenceId, index, bytes, stored),
        stored::completeExceptionally);
    plugins.await(stored, settings.snapshotTimeout(), "storing a snapshot of " + group);
  }

  private Optional<MemorySnapshotReader> load() {
    var loaded = new CompletableFuture<Optional<byte[]>>();
    plugins.spawn(
        SnapshotLoad.class,
        () -> new SnapshotLoad(plugins, persistenceId, loaded),
        loaded::completeExceptionally);
    return plugins
        .await(loaded, settings.snapshotTimeout(), "loading a snapshot of " + group)
        .map(bytes -> SnapshotFormat.decode(group, bytes, persistenceId));
  }
}
