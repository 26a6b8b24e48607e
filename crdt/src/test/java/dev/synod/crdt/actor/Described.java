package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Replicator.Description;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What replicas say of themselves on a machine that has much else to do. */
final class Described {

  /** Each is waited for some seconds, after which a replica counts as one that has stopped. */
  private static final int QUESTIONS_MAX = 10;

  private Described() {}

  /** Asks again whoever has not answered in time. */
  static Description of(ReplicatedValues values) {
    for (int questions = 1; ; questions++) {
      try {
        return values.describe().toCompletableFuture().join();
      } catch (CompletionException late) {
        if (questions == QUESTIONS_MAX || !(late.getCause() instanceof TimeoutException)) {
          throw late;
        }
      }
    }
  }
}
