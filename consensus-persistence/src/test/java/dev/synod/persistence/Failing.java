package dev.synod.persistence;

import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import java.util.concurrent.CompletableFuture;

/** Waits for the failure of a log. */
record Failing(CompletableFuture<LogFailure> failure) implements GroupLog.Listener {

  @Override
  public void durable(long ticket) {
    // what is confirmed is asked of the log
  }

  @Override
  public void failed(LogFailure why) {
    failure.complete(why);
  }
}
