package dev.synod.testkit.raft;

import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Raft groups with settings drawn from the seed, most of them far smaller than anybody would want:
 * so that every bound is reached, every batch ends, and every snapshot is due, in a minute (Groce
 * et al. 2012, "Swarm Testing").
 */
public final class RaftVariety {

  private static final Map<String, List<Object>> CHOICES = new LinkedHashMap<>();

  static {
    choices("raft.snapshot-after-entries", 7, 60, 100_000);
    choices("raft.snapshot-tail-entries", 0, 5, 40);
    choices("raft.entries-per-append-max", 1, 3, 1024);
    choices("raft.appends-in-flight-max", 1, 2, 8);
    choices("raft.gated-effects-max", 4, 4096);
    choices("raft.proposals-pending-max", 3, 16_384);
    choices("raft.reads-pending-max", 2, 16_384);
    choices("raft.entries-per-apply-max", 1, 4);
    choices("raft.entries-ahead-max", 4, 8192);
    choices("raft.session-timeout", "1s", "5s", "5 minutes");
    choices("client.ask-timeout", "2s", "10s");
    choices("client.attempt-timeout", "100ms", "1s");
    choices("client.window-max", 1, 8, 1024);
    choices("client.waiting-max", 8, 4096);
    choices("client.keep-alive-interval", "300ms", "5s");
    choices("client.session-idle-max", "6s", "5 minutes");
    choices("applier.entries-per-turn-max", 1, 256);
    choices("watch.batch-changes-max", 1, 256);
    choices("watch.recent-changes-max", 1, 24, 1024);
    choices("watch.recent-bytes-max", 60, "1 MiB");
    choices("watch.waiting-max", 1, 16_384);
    choices("log.cache-bytes-max", 0, 500, "16 KiB");
    choices("log.segment-bytes", "20 KiB", "64 KiB");
    choices("log.batch-records-max", 1, 4096);
  }

  private static final List<Duration> GAPS =
      List.of(Duration.ofMillis(4), Duration.ofMillis(30), Duration.ofMillis(100));

  private RaftVariety() {}

  /** The group of that seed. */
  public static GroupSettings of(long seed, int nodes) {
    var draw = Draw.of(seed, "variety");
    var drawn = new LinkedHashMap<String, Object>();
    CHOICES.forEach((name, values) -> drawn.put("synod." + name, oneOf(values, draw)));
    var gap = oneOf(GAPS, draw);
    drawn.put("synod.sessions.sessions-max", oneOf(List.of(nodes + 1, 10_000), draw));
    var config = ConfigFactory.parseMap(drawn).withFallback(GroupSettings.smallLogs());
    return new GroupSettings(
        Raft.protocol(), new RaftLens(), nodes, gap, Recovery.raft().total(), config);
  }

  private static void choices(String name, Object... values) {
    CHOICES.put(name, List.of(values));
  }

  private static <T> T oneOf(List<T> values, Draw draw) {
    return values.get((int) draw.nextLong(values.size()));
  }
}
