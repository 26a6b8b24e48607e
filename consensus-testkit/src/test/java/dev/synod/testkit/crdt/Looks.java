package dev.synod.testkit.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.registry.ReplicaRegistry;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for nodes on real threads, disks and sockets, of a machine that has much else to do. */
final class Looks {

  /** An answer takes so long at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /** Each takes as long as the timeout of moves. */
  private static final int MOVES_MAX = 20;

  private Looks() {}

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Looks again and again; each look is answered behind what waits there. */
  static <T> T until(Supplier<CompletionStage<T>> look, Predicate<T> holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean isLast = System.nanoTime() - end > 0;
      try {
        var now = done(look.get());
        if (holds.test(now)) {
          return now;
        }
        assertThat(isLast).as("%s at last", now).isFalse();
      } catch (CompletionException late) { // who does not answer soon counts as stopped
        if (isLast || !(late.getCause() instanceof TimeoutException)) {
          throw late;
        }
      }
    }
  }

  /**
   * Evicts that node's replica. As long as only that one has reported it is refused: nobody else is
   * known to have all.
   */
  static void evict(ReplicaRegistry registry, String address) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        done(registry.evict(address));
        return;
      } catch (CompletionException refused) {
        assertThat(refused).hasMessageContaining("only one that is known to have all");
        assertThat(System.nanoTime() - end).as("time over").isNegative();
      }
    }
  }

  /**
   * Moves an entity; a move whose time is over goes on, and is waited for by the same once more.
   */
  static LadderOutcome moved(LadderEntity<?, ?> entity, ConsistencyMode mode) {
    var outcome = done(entity.moveTo(mode));
    for (int moves = 1; moves < MOVES_MAX && outcome instanceof LadderOutcome.Unknown; moves++) {
      outcome = done(entity.moveTo(mode));
    }
    return outcome;
  }
}
