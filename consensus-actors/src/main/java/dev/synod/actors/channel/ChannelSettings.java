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
 * @param silenceMax a connection that answers nothing for so long is closed
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

  private static final int PORT_MAX = 65_535;

  public ChannelSettings {
    var section = new Section("synod.channel");
    Section.require(
        port >= 0 && port <= PORT_MAX,
        "synod.channel.port must be between 0 and %d, but is %d",
        PORT_MAX,
        port);
    section.positive("connect-timeout", connectTimeout);
    section.positive("retry-interval", retryInterval);
    section.ascending("retry-interval", retryInterval, "retry-interval-max", retryIntervalMax);
    section.positive("silence-max", silenceMax);
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
}
