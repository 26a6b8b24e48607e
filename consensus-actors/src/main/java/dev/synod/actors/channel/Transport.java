package dev.synod.actors.channel;

import dev.synod.actors.settings.Section;
import java.util.Arrays;
import java.util.Locale;

/** What carries messages between nodes. */
public enum Transport {
  /** Pekko's remoting. */
  ARTERY,
  /** Connections of our own, see {@link ChannelPeers}. */
  CHANNEL;

  /**
   * The setting {@code synod.transport}.
   *
   * @throws IllegalArgumentException if there is no such transport
   */
  public static Transport parse(String text) {
    var named =
        Arrays.stream(values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst();
    Section.require(
        named.isPresent(), "synod.transport is \"%s\", but can be artery or channel", text);
    return named.orElseThrow();
  }
}
