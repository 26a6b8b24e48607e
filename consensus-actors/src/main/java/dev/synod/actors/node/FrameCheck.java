package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.channel.Transport;
import dev.synod.actors.client.ClientSettings;
import dev.synod.actors.settings.Section;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.actors.wire.EncodedCommand;
import java.util.OptionalLong;

/**
 * Refuses settings by which a message could be made that Pekko's remoting, or a channel, can't
 * carry: it would vanish without an answer.
 */
public final class FrameCheck {

  /**
   * What may stand around commands in a frame, in bytes: paths of actors, tags, and the remoting's
   * own header.
   */
  public static final int ENVELOPE_BYTES_MAX = 8 * 1024;

  /** What stands around each proposal or change in a batch, in bytes. */
  static final int PROPOSAL_BYTES_MAX = 32;

  /** The setting that says how much one message may be. */
  static final String FRAME = "pekko.remote.artery.advanced.maximum-frame-size";

  private static final String LARGE_DESTINATIONS = "pekko.remote.artery.large-message-destinations";

  private static final String RECEIVERS = "/system/synod/snapshots";

  private static final String LARGE_FRAME = "pekko.remote.artery.advanced.maximum-large-frame-size";

  private FrameCheck() {}

  /** Checks settings against the configuration of their actor system; a local one has no frames. */
  public static void check(ConsensusSettings settings, Config config) {
    frameBytes(config).ifPresent(frame -> check(settings, config, frame));
  }

  /** What one message may take, in bytes; empty for a system without remoting. */
  public static OptionalLong frameBytes(Config config) {
    var provider = config.getString("pekko.actor.provider");
    return provider.equals("local") || !config.hasPath(FRAME)
        ? OptionalLong.empty()
        : OptionalLong.of(config.getBytes(FRAME));
  }

  /**
   * Refuses messages of a protocol that a frame can't carry.
   *
   * @param settings that make them as large as that, with names and values
   */
  public static void require(Config config, long bytes, String settings) {
    frameBytes(config)
        .ifPresent(
            frame ->
                Section.require(
                    bytes <= frame,
                    "%s make messages of up to %d bytes, but %s (%d) carries less; lower the one or"
                        + " raise the other",
                    settings,
                    bytes,
                    FRAME,
                    frame));
  }

  private static void check(ConsensusSettings settings, Config config, long frame) {
    long single =
        (long) settings.commandBytesMax() + EncodedCommand.HEADER_BYTES_MAX + ENVELOPE_BYTES_MAX;
    Section.require(
        single <= frame,
        "synod.command-bytes-max (%d) with its envelope takes up to %d bytes, but %s (%d) carries"
            + " less: such commands would never arrive; lower the one or raise the other",
        settings.commandBytesMax(),
        single,
        FRAME,
        frame);
    checkChunk(settings, config);
    checkBatch(settings.client(), frame);
    checkChannel(settings, frame);
    checkWatch(settings.watch(), frame);
  }

  /** A channel has the remoting's frames, as it stands in for the channel. */
  private static void checkChannel(ConsensusSettings settings, long frame) {
    Section.require(
        settings.transport() == Transport.ARTERY || frame <= settings.channel().queuedBytesMax(),
        "synod.channel.queued-bytes-max (%d) must not be below %s (%d), or a message that is"
            + " allowed might never find room",
        settings.channel().queuedBytesMax(),
        FRAME,
        frame);
  }

  /**
   * Snapshots have larger frames if they have a connection of their own, as synod-remote.conf gives
   * them.
   */
  private static void checkChunk(ConsensusSettings settings, Config config) {
    boolean own = config.getStringList(LARGE_DESTINATIONS).contains(RECEIVERS);
    var frameName = own ? LARGE_FRAME : FRAME;
    long frame = config.getBytes(frameName);
    long chunk = (long) settings.transfer().chunkBytes() + ENVELOPE_BYTES_MAX;
    Section.require(
        chunk <= frame,
        "synod.snapshot-transfer.chunk-bytes (%d) with its envelope takes up to %d bytes, but %s"
            + " (%d) carries less",
        settings.transfer().chunkBytes(),
        chunk,
        frameName,
        frame);
  }

  private static void checkBatch(ClientSettings client, long frame) {
    long batch =
        client.batchBytesMax()
            + (long) client.batchEntriesMax() * PROPOSAL_BYTES_MAX
            + ENVELOPE_BYTES_MAX;
    Section.require(
        batch <= frame,
        "%d commands (synod.client.batch-entries-max) of together %d bytes"
            + " (synod.client.batch-bytes-max) take up to %d bytes with their envelope, but %s (%d)"
            + " carries less",
        client.batchEntriesMax(),
        client.batchBytesMax(),
        batch,
        FRAME,
        frame);
  }

  private static void checkWatch(WatchSettings watch, long frame) {
    long batch =
        watch.batchBytesMax()
            + (long) watch.batchChangesMax() * PROPOSAL_BYTES_MAX
            + ENVELOPE_BYTES_MAX;
    Section.require(
        batch <= frame,
        "%d changes (synod.watch.batch-changes-max) of together %d bytes"
            + " (synod.watch.batch-bytes-max) take up to %d bytes with their envelope, but %s (%d)"
            + " carries less",
        watch.batchChangesMax(),
        watch.batchBytesMax(),
        batch,
        FRAME,
        frame);
  }
}
