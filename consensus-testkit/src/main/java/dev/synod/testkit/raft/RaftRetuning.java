package dev.synod.testkit.raft;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Somebody changes settings of running Raft nodes, each for itself, again and again, by chance and
 * as long as the faults last. What was changed last stays.
 */
public final class RaftRetuning implements Consumer<GroupWorld> {

  private static final long GAP_MILLIS_MAX = 2000;
  private static final int AT_ONCE_MAX = 4;

  /** Nothing that slows a healed group down so much that it can't recover in time. */
  private static final Map<String, List<Object>> CHOICES = new LinkedHashMap<>();

  static {
    choices("raft.heartbeat-interval", "20ms", "60ms", "150ms");
    choices("raft.election-timeout-max", "400ms", "600ms", "900ms");
    choices("raft.entries-per-append-max", 1, 3, 1024);
    choices("raft.bytes-per-append-max", 1, 100, "64 KiB");
    choices("raft.appends-in-flight-max", 1, 2, 8);
    choices("raft.gated-effects-max", 4, 4096);
    choices("raft.proposals-pending-max", 3, 16_384);
    choices("raft.reads-pending-max", 2, 16_384);
    choices("raft.entries-per-apply-max", 1, 4);
    choices("raft.entries-ahead-max", 4, 8192);
    choices("raft.snapshot-after-entries", 7, 60, 100_000);
    choices("raft.snapshot-after-bytes", 500, "64 MiB");
    choices("raft.snapshot-tail-entries", 0, 5, 40);
    choices("raft.session-timeout", "1s", "5s", "5 minutes");
    choices("raft.session-timeout-when-full", "1s", "30s");
    choices("raft.priority", 1, 1, 2, 3);
    choices("raft.lease-reads", true, false);
    choices("raft.clock-drift-max", 0.25, 0.4);
    choices("client.ask-timeout", "2s", "10s");
    choices("client.window-max", 1, 8, 1024);
    choices("client.waiting-max", 8, 4096);
    choices("client.reads-max", 64, 4096);
    choices("client.batch-entries-max", 1, 256);
    choices("client.session-idle-max", "6s", "5 minutes");
  }

  private final Duration length;

  /**
   * @param length of virtual time, after which nothing is changed any more
   */
  public RaftRetuning(Duration length) {
    this.length = length;
  }

  @Override
  public void accept(GroupWorld group) {
    next(group, group.world().engine().chance("settings"));
  }

  private void next(GroupWorld group, Draw draw) {
    var engine = group.world().engine();
    var gap = Duration.ofMillis(1 + draw.nextLong(GAP_MILLIS_MAX));
    if (engine.nanoTime() + gap.toNanos() < length.toNanos()) {
      engine.after(
          gap,
          () -> {
            change(group, draw);
            next(group, draw);
          });
    }
  }

  private static void change(GroupWorld group, Draw draw) {
    var nodes = List.copyOf(group.world().names());
    var node = nodes.get((int) draw.nextLong(nodes.size()));
    var changes = ConfigFactory.parseMap(drawn(draw));
    group.node(node).ifPresent(running -> running.change(changes));
  }

  private static Map<String, Object> drawn(Draw draw) {
    var names = List.copyOf(CHOICES.keySet());
    var drawn = new LinkedHashMap<String, Object>();
    for (long left = 1 + draw.nextLong(AT_ONCE_MAX); left > 0; left--) {
      var name = names.get((int) draw.nextLong(names.size()));
      var values = CHOICES.getOrDefault(name, List.of());
      drawn.put("synod." + name, values.get((int) draw.nextLong(values.size())));
    }
    return drawn;
  }

  private static void choices(String name, Object... values) {
    CHOICES.put(name, List.of(values));
  }
}
