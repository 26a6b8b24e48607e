package dev.synod.persistence;

import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.util.concurrent.CompletableFuture;

/** Completes with the first confirmed write, or with the failure. */
record Written(CompletableFuture<Void> first) implements GroupLog.Listener {

  @Override
  public void durable(long ticket) {
    first.complete(null);
  }

  @Override
  public void failed(LogFailure failure) {
    first.completeExceptionally(new LogException(failure));
  }
}
