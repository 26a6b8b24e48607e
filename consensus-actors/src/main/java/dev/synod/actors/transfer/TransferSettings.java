package dev.synod.actors.transfer;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;

/**
 * The bounds of snapshot transfers.
 *
 * @param chunkBytes bytes of a snapshot in one message: long enough to be few, short enough that
 *     several transfers share a connection
 * @param chunksInFlightMax chunks sent and not yet acknowledged; two keep disk and network busy at
 *     once
 * @param retryInterval silence after which the sender offers again
 * @param triesMax silences in a row after which the sender gives up
 * @param receivedAtOnceMax snapshots that a node receives at a time; others wait with their senders
 * @param idleTimeout silence after which a receiver gives up a transfer and deletes its part
 */
public record TransferSettings(
    int chunkBytes,
    int chunksInFlightMax,
    Duration retryInterval,
    int triesMax,
    int receivedAtOnceMax,
    Duration idleTimeout) {

  /** A chunk must fit into a large frame of the remoting. */
  public static final int CHUNK_BYTES_MAX = 1024 * 1024;

  private static final Section SECTION = new Section("synod.snapshot-transfer");

  public TransferSettings {
    SECTION.atLeast("chunk-bytes", chunkBytes, 512);
    Section.require(
        chunkBytes <= CHUNK_BYTES_MAX,
        "synod.snapshot-transfer.chunk-bytes must be at most %d, but is %d",
        CHUNK_BYTES_MAX,
        chunkBytes);
    SECTION.atLeast("chunks-in-flight-max", chunksInFlightMax, 1);
    SECTION.positive("retry-interval", retryInterval);
    SECTION.atLeast("tries-max", triesMax, 1);
    SECTION.atLeast("received-at-once-max", receivedAtOnceMax, 1);
    SECTION.ascending("retry-interval", retryInterval, "idle-timeout", idleTimeout);
  }

  /**
   * Reads the settings.
   *
   * @param config the contents of {@code synod.snapshot-transfer}
   */
  public static TransferSettings from(Config config) {
    return new TransferSettings(
        Section.intBytes(config, "chunk-bytes"),
        config.getInt("chunks-in-flight-max"),
        config.getDuration("retry-interval"),
        config.getInt("tries-max"),
        config.getInt("received-at-once-max"),
        config.getDuration("idle-timeout"));
  }
}
