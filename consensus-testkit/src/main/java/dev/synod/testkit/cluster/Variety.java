package dev.synod.testkit.cluster;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Protocol;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups with settings drawn from the seed, most of them far smaller than anybody would want: so
 * that every bound is reached, every batch ends, and every snapshot is due, in a minute (Groce et
 * al. 2012, "Swarm Testing").
 *
 * @param protocol of the groups
 * @param lens how its messages are read
 * @param own what its own settings may be, by their names below {@code synod}
 */
public record Variety(Protocol protocol, Lens lens, Map<String, List<Object>> own) {

  private static final Map<String, List<Object>> COMMON = new LinkedHashMap<>();

  static {
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

  /** The group of that seed. */
  public GroupSettings of(long seed, int nodes) {
    var draw = Draw.of(seed, "variety");
    var drawn = new LinkedHashMap<String, Object>();
    own.forEach((name, values) -> drawn.put("synod." + name, oneOf(values, draw)));
    COMMON.forEach((name, values) -> drawn.put("synod." + name, oneOf(values, draw)));
    var gap = oneOf(GAPS, draw);
    drawn.put("synod.sessions.sessions-max", oneOf(List.of(nodes + 1, 10_000), draw));
    var config = ConfigFactory.parseMap(drawn).withFallback(GroupSettings.smallLogs());
    return new GroupSettings(protocol, lens, nodes, gap, Recovery.raft().total(), config);
  }

  private static void choices(String name, Object... values) {
    COMMON.put(name, List.of(values));
  }

  private static <T> T oneOf(List<T> values, Draw draw) {
    return values.get((int) draw.nextLong(values.size()));
  }
}
