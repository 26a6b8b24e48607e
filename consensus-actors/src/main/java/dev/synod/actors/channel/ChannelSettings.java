package dev.synod.actors.channel;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;

/**
 * How channels between nodes behave, checked on construction: an instance that exists is valid.
 *
 * @param port where this node listens, on the host that the remoting binds to; 0 for any free one.
 *     Others are told by this node
 * @param connectTimeout a connection that takes longer is given up
 * @param retryInterval the first pause before a node is asked again where its channel is
 * @param retryIntervalMax pauses double up to this
 * @param silenceMax a connection on which nothing comes for so long is closed, also one that has
 *     not said who it is; each side sends a sign of life every second
 * @param queuedBytesMax what may wait for a slow connection; beyond, messages are dropped, as an
 *     overrun remoting does
 * @param namesMax actors' paths that a connection remembers
 */
public record ChannelSettings(
    int port,
    Duration connectTimeout,
    Duration retryInterval,
    Duration retryIntervalMax,
    Duration silenceMax,
    int queuedBytesMax,
    int namesMax) {

  static final int PORT_MAX = 65_535;

  private static final String PATH = "synod.channel";
  private static final Duration CONNECT_TIMEOUT_MIN = Duration.ofMillis(1);

  /** So long that one lost second is not taken for the end. */
  private static final Duration SILENCE_MIN = Pulse.BEAT.multipliedBy(2);

  private static final Duration MOST = Duration.ofHours(1);

  public ChannelSettings {
    var section = new Section(PATH);
    Section.require(
        port >= 0 && port <= PORT_MAX,
        "%s.port must be between 0 and %d, but is %d",
        PATH,
        PORT_MAX,
        port);
    between(CONNECT_TIMEOUT_MIN, "connect-timeout", connectTimeout);
    section.positive("retry-interval", retryInterval);
    section.ascending("retry-interval", retryInterval, "retry-interval-max", retryIntervalMax);
    between(SILENCE_MIN, "silence-max", silenceMax);
    section.atLeast("queued-bytes-max", queuedBytesMax, 1);
    section.atLeast("names-max", namesMax, 1);
  }

  /** Reads the section {@code synod.channel}. */
  public static ChannelSettings from(Config channel) {
    return new ChannelSettings(
        channel.getInt("port"),
        channel.getDuration("connect-timeout"),
        channel.getDuration("retry-interval"),
        channel.getDuration("retry-interval-max"),
        channel.getDuration("silence-max"),
        Section.intBytes(channel, "queued-bytes-max"),
        channel.getInt("names-max"));
  }

  private static void between(Duration least, String name, Duration value) {
    Section.require(
        value.compareTo(least) >= 0 && value.compareTo(MOST) <= 0,
        "%s.%s must be between %s and %s, but is %s",
        PATH,
        name,
        least,
        MOST,
        value);
  }
}
