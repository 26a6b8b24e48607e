package dev.synod.persistence;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/**
 * Stores a snapshot, then deletes the older ones; or deletes all of them. Stops when that is done.
 * It has no events of its own: the sequence number of a snapshot is the index that it covers.
 */
final class SnapshotChange extends Plugins.Client {

  private final long index;
  private final Optional<byte[]> snapshot;
  private final CompletableFuture<Void> done;

  private SnapshotChange(
      Plugins plugins,
      String persistenceId,
      long index,
      Optional<byte[]> snapshot,
      CompletableFuture<Void> done) {
    plugins.super(persistenceId);
    this.index = index;
    this.snapshot = snapshot;
    this.done = done;
  }

  static SnapshotChange saving(
      Plugins plugins,
      String persistenceId,
      long index,
      byte[] snapshot,
      CompletableFuture<Void> done) {
    return new SnapshotChange(plugins, persistenceId, index, Optional.of(snapshot), done);
  }

  static SnapshotChange deletion(
      Plugins plugins, String persistenceId, CompletableFuture<Void> done) {
    return new SnapshotChange(plugins, persistenceId, Long.MAX_VALUE, Optional.empty(), done);
  }

  @Override
  public long snapshotSequenceNr() {
    return index;
  }

  @Override
  public Recovery recovery() {
    return Recovery.none();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder().match(RecoveryCompleted.class, completed -> begin()).build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(SaveSnapshotSuccess.class, saved -> deleteOlder())
        .match(SaveSnapshotFailure.class, failure -> stop(Optional.of(failure.cause())))
        .match(DeleteSnapshotsSuccess.class, deleted -> stop(Optional.empty()))
        .match(DeleteSnapshotsFailure.class, failure -> onNotDeleted(failure.cause()))
        .build();
  }

  @Override
  public void onRecoveryFailure(Throwable cause, scala.Option<Object> event) {
    done.completeExceptionally(cause);
  }

  private void begin() {
    snapshot.ifPresentOrElse(this::saveSnapshot, this::deleteOlder);
  }

  private void deleteOlder() {
    deleteSnapshots(SnapshotSelectionCriteria.create(index - 1, Long.MAX_VALUE));
  }

  /** A stored snapshot is the newest, whether the older ones are gone or will be with the next. */
  private void onNotDeleted(Throwable cause) {
    stop(snapshot.isPresent() ? Optional.empty() : Optional.of(cause));
  }

  private void stop(Optional<Throwable> failure) {
    failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    getContext().stop(self());
  }
}
