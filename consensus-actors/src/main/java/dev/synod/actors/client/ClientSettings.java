package dev.synod.actors.client;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;
import java.util.Set;

/**
 * How a group's client goes about its work, checked on construction: an instance that exists is
 * valid.
 *
 * @param askTimeout every command and read has its outcome by then
 * @param attemptTimeout a try that was not answered for so long is made again elsewhere; longer
 *     than a loaded leader takes for a command
 * @param leaderSearchInterval how long an answer of the leader may take, or no leader be known,
 *     until the replicas are asked to name a newer one as soon as there is one; asked again after
 *     five times that, ten, then each twenty
 * @param tickInterval the step in which the client counts time
 * @param backoffMin the first pause after a refusal, or after all replicas were asked in vain
 * @param backoffMax pauses double up to this
 * @param windowMax numbered commands whose replies are not all known; at most the replies that
 *     replicas keep for a session
 * @param waitingMax commands that may wait for a session, a leader or room in the window; more are
 *     rejected as busy
 * @param waitingBytesMax bytes of all commands under way or waiting; more are rejected as busy
 * @param readsMax reads under way; more are rejected as busy
 * @param batchEntriesMax requests in one message to a replica
 * @param batchBytesMax bytes of commands in one message to a replica, unless a single command is
 *     larger
 * @param keepAliveInterval how often a leader hears that the session is alive while no commands are
 *     sent
 * @param sessionIdleMax a session without commands for so long is left to expire
 */
public record ClientSettings(
    Duration askTimeout,
    Duration attemptTimeout,
    Duration leaderSearchInterval,
    Duration tickInterval,
    Duration backoffMin,
    Duration backoffMax,
    int windowMax,
    int waitingMax,
    long waitingBytesMax,
    int readsMax,
    int batchEntriesMax,
    int batchBytesMax,
    Duration keepAliveInterval,
    Duration sessionIdleMax) {

  /** What a running client can take anew, of this section; all else counts in units of others. */
  public static final Set<String> CHANGEABLE =
      Set.of(
          "ask-timeout",
          "window-max",
          "waiting-max",
          "waiting-bytes-max",
          "reads-max",
          "batch-entries-max",
          "batch-bytes-max",
          "session-idle-max");

  private static final String PATH = "synod.client";

  public ClientSettings {
    var section = new Section(PATH);
    section.positive("tick-interval", tickInterval);
    section.ascending("tick-interval", tickInterval, "attempt-timeout", attemptTimeout);
    section.ascending(
        "tick-interval", tickInterval, "leader-search-interval", leaderSearchInterval);
    section.ascending("attempt-timeout", attemptTimeout, "ask-timeout", askTimeout);
    section.positive("backoff-min", backoffMin);
    section.ascending("backoff-min", backoffMin, "backoff-max", backoffMax);
    section.atLeast("window-max", windowMax, 1);
    section.atLeast("waiting-max", waitingMax, 1);
    section.atLeast("waiting-bytes-max", waitingBytesMax, 1);
    section.atLeast("reads-max", readsMax, 1);
    section.atLeast("batch-entries-max", batchEntriesMax, 1);
    section.atLeast("batch-bytes-max", batchBytesMax, 1);
    section.positive("keep-alive-interval", keepAliveInterval);
    section.ascending("keep-alive-interval", keepAliveInterval, "session-idle-max", sessionIdleMax);
  }

  /** Reads the section {@code synod.client}. */
  public static ClientSettings from(Config client) {
    return new ClientSettings(
        client.getDuration("ask-timeout"),
        client.getDuration("attempt-timeout"),
        client.getDuration("leader-search-interval"),
        client.getDuration("tick-interval"),
        client.getDuration("backoff-min"),
        client.getDuration("backoff-max"),
        client.getInt("window-max"),
        client.getInt("waiting-max"),
        client.getBytes("waiting-bytes-max"),
        client.getInt("reads-max"),
        client.getInt("batch-entries-max"),
        Section.intBytes(client, "batch-bytes-max"),
        client.getDuration("keep-alive-interval"),
        client.getDuration("session-idle-max"));
  }

  /** That long, in ticks, rounded up. */
  long ticks(Duration duration) {
    long tick = tickInterval.toNanos();
    return Math.max(1, (duration.toNanos() + tick - 1) / tick);
  }
}
