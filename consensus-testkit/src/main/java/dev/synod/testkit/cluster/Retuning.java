package dev.synod.testkit.cluster;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Somebody changes settings of running nodes, each for itself, again and again, by chance and as
 * long as the faults last. What was changed last stays.
 */
public final class Retuning implements Consumer<GroupWorld> {

  private static final long GAP_MILLIS_MAX = 2000;
  private static final int AT_ONCE_MAX = 4;

  /** Nothing that slows a healed group down so much that it can't recover in time. */
  private static final Map<String, List<Object>> RAFT = new LinkedHashMap<>();

  private static final Map<String, List<Object>> PAXOS = new LinkedHashMap<>();

  private static final Map<String, List<Object>> ZAB = new LinkedHashMap<>();

  static {
    choices(RAFT, "raft.heartbeat-interval", "20ms", "60ms", "150ms");
    choices(RAFT, "raft.election-timeout-max", "400ms", "600ms", "900ms");
    choices(RAFT, "raft.entries-per-append-max", 1, 3, 1024);
    choices(RAFT, "raft.bytes-per-append-max", 1, 100, "64 KiB");
    choices(RAFT, "raft.appends-in-flight-max", 1, 2, 8);
    choices(RAFT, "raft.gated-effects-max", 4, 4096);
    choices(RAFT, "raft.proposals-pending-max", 3, 16_384);
    choices(RAFT, "raft.reads-pending-max", 2, 16_384);
    choices(RAFT, "raft.entries-per-apply-max", 1, 4);
    choices(RAFT, "raft.entries-ahead-max", 4, 8192);
    choices(RAFT, "raft.snapshot-after-entries", 7, 60, 100_000);
    choices(RAFT, "raft.snapshot-after-bytes", 500, "64 MiB");
    choices(RAFT, "raft.snapshot-tail-entries", 0, 5, 40);
    choices(RAFT, "raft.session-timeout", "1s", "5s", "5 minutes");
    choices(RAFT, "raft.session-timeout-when-full", "1s", "30s");
    choices(RAFT, "raft.priority", 1, 1, 2, 3);
    choices(RAFT, "raft.lease-reads", true, false);
    choices(RAFT, "raft.clock-drift-max", 0.25, 0.4);
    choices(PAXOS, "paxos.multi.heartbeat-interval", "20ms", "60ms", "150ms");
    choices(PAXOS, "paxos.multi.election-timeout-max", "400ms", "600ms", "900ms");
    choices(PAXOS, "paxos.multi.entries-per-message-max", 3, 16, 1024);
    choices(PAXOS, "paxos.multi.bytes-per-message-max", 200, "64 KiB");
    choices(PAXOS, "paxos.multi.gated-effects-max", 4, 4096);
    choices(PAXOS, "paxos.multi.proposals-pending-max", 3, 16_384);
    choices(PAXOS, "paxos.multi.reads-pending-max", 2, 16_384);
    choices(PAXOS, "paxos.multi.entries-per-apply-max", 1, 4);
    choices(PAXOS, "paxos.multi.entries-ahead-max", 4, 8192);
    choices(PAXOS, "paxos.multi.snapshot-after-entries", 7, 60, 100_000);
    choices(PAXOS, "paxos.multi.snapshot-after-bytes", 500, "64 MiB");
    choices(PAXOS, "paxos.multi.snapshot-tail-entries", 0, 5, 40);
    choices(PAXOS, "paxos.multi.session-timeout", "1s", "5s", "5 minutes");
    choices(PAXOS, "paxos.multi.session-timeout-when-full", "1s", "30s");
    choices(PAXOS, "paxos.multi.lease-reads", true, false);
    choices(PAXOS, "paxos.multi.clock-drift-max", 0.25, 0.4);
    choices(PAXOS, "paxos.multi.window-max", 1, 3, 4096);
    choices(ZAB, "zab.heartbeat-interval", "20ms", "60ms", "150ms");
    choices(ZAB, "zab.finalize-wait", "5ms", "20ms", "100ms");
    choices(ZAB, "zab.notification-interval", "20ms", "40ms", "80ms");
    choices(ZAB, "zab.entries-per-propose-max", 1, 3, 1024);
    choices(ZAB, "zab.bytes-per-propose-max", 1, 100, "64 KiB");
    choices(ZAB, "zab.entries-in-flight-max", 3, 12, 8192);
    choices(ZAB, "zab.gated-effects-max", 4, 4096);
    choices(ZAB, "zab.proposals-pending-max", 3, 16_384);
    choices(ZAB, "zab.reads-pending-max", 2, 16_384);
    choices(ZAB, "zab.entries-per-apply-max", 1, 4);
    choices(ZAB, "zab.entries-ahead-max", 4, 8192);
    choices(ZAB, "zab.snapshot-after-entries", 7, 60, 100_000);
    choices(ZAB, "zab.snapshot-after-bytes", 500, "64 MiB");
    choices(ZAB, "zab.snapshot-tail-entries", 0, 5, 40);
    choices(ZAB, "zab.session-timeout", "1s", "5s", "5 minutes");
    choices(ZAB, "zab.session-timeout-when-full", "1s", "30s");
    for (var choices : List.of(RAFT, PAXOS, ZAB)) {
      choices(choices, "client.ask-timeout", "2s", "10s");
      choices(choices, "client.window-max", 1, 8, 1024);
      choices(choices, "client.waiting-max", 8, 4096);
      choices(choices, "client.reads-max", 64, 4096);
      choices(choices, "client.batch-entries-max", 1, 256);
      choices(choices, "client.session-idle-max", "6s", "5 minutes");
    }
  }

  private final Map<String, List<Object>> choices;
  private final Duration length;

  private Retuning(Map<String, List<Object>> choices, Duration length) {
    this.choices = choices;
    this.length = length;
  }

  /**
   * Of nodes with groups on Raft.
   *
   * @param length of virtual time, after which nothing is changed any more
   */
  public static Retuning raft(Duration length) {
    return new Retuning(RAFT, length);
  }

  /** As {@link #raft}, with groups on Multi-Paxos. */
  public static Retuning paxos(Duration length) {
    return new Retuning(PAXOS, length);
  }

  /** As {@link #raft}, with groups on ZAB. */
  public static Retuning zab(Duration length) {
    return new Retuning(ZAB, length);
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

  private void change(GroupWorld group, Draw draw) {
    var nodes = List.copyOf(group.world().names());
    var node = nodes.get((int) draw.nextLong(nodes.size()));
    var changes = ConfigFactory.parseMap(drawn(draw));
    group.node(node).ifPresent(running -> running.change(changes));
  }

  private Map<String, Object> drawn(Draw draw) {
    var names = List.copyOf(choices.keySet());
    var drawn = new LinkedHashMap<String, Object>();
    for (long left = 1 + draw.nextLong(AT_ONCE_MAX); left > 0; left--) {
      var name = names.get((int) draw.nextLong(names.size()));
      var values = choices.getOrDefault(name, List.of());
      drawn.put("synod." + name, values.get((int) draw.nextLong(values.size())));
    }
    return drawn;
  }

  private static void choices(Map<String, List<Object>> all, String name, Object... values) {
    all.put(name, List.of(values));
  }
}
