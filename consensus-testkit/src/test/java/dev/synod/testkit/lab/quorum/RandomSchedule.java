package dev.synod.testkit.lab.quorum;

import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.history.History;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Two that write and two that read, with pauses by chance, over a network that loses, doubles and
 * reorders: often a replica hears of a write long after the others. Nothing crashes.
 */
final class RandomSchedule {

  /** Most messages take some milliseconds, two of five 150 more. */
  private static final LinkQuality UNEVEN =
      new LinkQuality(
          Duration.ofNanos(200_000), Duration.ofMillis(3), 20, 100, 400, Duration.ofMillis(150));

  private static final Set<String> WRITERS = Set.of("n6", "n7");
  private static final int WRITES = 4;
  private static final int READS = 12;
  private static final long PAUSE_MAX_MILLIS = 20;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final RegisterLab lab;
  private final Draw draw;
  private int running = RegisterLab.CLIENTS.size();

  private RandomSchedule(long seed, Options options) {
    lab = new RegisterLab(seed, options);
    draw = lab.world().engine().chance("schedule");
  }

  /** What that seed brings about. */
  static History of(long seed, Options options) {
    return new RandomSchedule(seed, options).run();
  }

  private History run() {
    lab.world().network().quality(UNEVEN);
    lab.world().network().disorder(message -> true);
    RegisterLab.CLIENTS.forEach(client -> go(client, WRITERS.contains(client) ? WRITES : READS));
    if (!lab.world().engine().runUntil(() -> running == 0, LONG)) {
      throw new AssertionError("some operation never ended");
    }
    return lab.history();
  }

  private void go(String client, int left) {
    if (left == 0) {
      running--;
      return;
    }
    var pause = Duration.ofMillis(draw.nextLong(PAUSE_MAX_MILLIS));
    lab.world()
        .engine()
        .after(
            pause,
            () -> {
              var unused = begin(client, left).thenRun(() -> go(client, left - 1));
            });
  }

  private CompletableFuture<String> begin(String client, int left) {
    return WRITERS.contains(client) ? lab.write(client, client + "-" + left) : lab.read(client);
  }
}
