package dev.synod.testkit;

import com.typesafe.config.ConfigFactory;
import dev.synod.core.Outcome;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.LinkQuality;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code ./synod sim --window-of PROTOCOL}: what it gives that a proposer need not wait for one
 * value before it proposes the next, on links that take their time. In virtual time, so the links
 * are all that takes any.
 */
final class SimWindow {

  /** From one machine to another; an answer takes as long. */
  static final Duration DELAY = Duration.ofMillis(10);

  /** Slots under way at a time. */
  static final List<Integer> WINDOWS = List.of(1, 4, 16, 64);

  /** Few enough to be taken one after the other before a client loses patience. */
  private static final int WRITES = 256;

  private static final List<String> NODES = List.of("n1", "n2", "n3");

  private final SimProtocol protocol;

  SimWindow(SimProtocol protocol) {
    this.protocol = protocol;
  }

  /** Writes a second for each of these windows, and how many times those of the first. */
  void tell(PrintStream out) {
    double alone = writesPerSecond(WINDOWS.get(0));
    out.printf("%s, three replicas, %d ms a link%n", protocol.text(), DELAY.toMillis());
    for (int window : WINDOWS) {
      double writes = writesPerSecond(window);
      out.printf(
          Locale.ROOT, "window %4d: %8.0f writes/s, x %.1f%n", window, writes, writes / alone);
    }
  }

  /** Of a client at the leader's node that has many writes under way. */
  double writesPerSecond(int window) {
    var config =
        ConfigFactory.parseString(protocol.window().formatted(window))
            .withFallback(GroupSettings.smallLogs());
    var simulation = new Simulation(1, NODES.size(), Profile.CALM, config);
    var group = simulation.start("sum", Total::new, protocol.protocol());
    group.ask("n1", 0L);
    var leader =
        NODES.stream()
            .filter(node -> group.replica(node).role().equals(protocol.lens().leading()))
            .findFirst()
            .orElseThrow();
    simulation.world().network().quality(new LinkQuality(DELAY, Duration.ZERO, 0, 0, 0));
    simulation.advance(Duration.ofSeconds(1));
    long since = simulation.world().engine().nanoTime();
    var writes =
        Stream.generate(() -> group.on(leader).propose(1L)).limit(WRITES).toList().stream()
            .map(write -> simulation.await(write))
            .toList();
    long nanos = simulation.world().engine().nanoTime() - since;
    if (!writes.stream().allMatch(Outcome.Ok.class::isInstance)) {
      throw new IllegalStateException("not all were taken: " + writes);
    }
    return WRITES * 1e9 / nanos;
  }
}
