package dev.synod.persistence;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotOffer;

/** Loads the newest snapshot, which is what a persistent actor is offered first, and stops. */
final class SnapshotLoad extends Plugins.Client {

  private final CompletableFuture<Optional<byte[]>> loaded;

  SnapshotLoad(Plugins plugins, String persistenceId, CompletableFuture<Optional<byte[]>> loaded) {
    plugins.super(persistenceId);
    this.loaded = loaded;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(
            SnapshotOffer.class, offer -> loaded.complete(Optional.of((byte[]) offer.snapshot())))
        .match(RecoveryCompleted.class, completed -> onCompleted())
        .build();
  }

  @Override
  public Receive createReceive() {
    return emptyBehavior();
  }

  @Override
  public void onRecoveryFailure(Throwable cause, scala.Option<Object> event) {
    loaded.completeExceptionally(cause);
  }

  private void onCompleted() {
    loaded.complete(Optional.empty());
    getContext().stop(self());
  }
}
