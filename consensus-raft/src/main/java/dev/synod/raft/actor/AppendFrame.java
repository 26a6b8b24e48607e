package dev.synod.raft.actor;

import com.typesafe.config.Config;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.wire.EntryBlock;
import dev.synod.raft.RaftSettings;

/** Refuses settings by which an append could be made that Pekko's remoting can't carry. */
public final class AppendFrame {

  private AppendFrame() {}

  /**
   * Checks settings against the configuration of their actor system.
   *
   * @throws IllegalArgumentException with names and values
   */
  public static void check(RaftSettings settings, Config system) {
    long append =
        settings.bytesPerAppendMax()
            + (long) settings.entriesPerAppendMax() * EntryBlock.ENTRY_BYTES_MIN
            + FrameCheck.ENVELOPE_BYTES_MAX;
    FrameCheck.require(
        system,
        append,
        "synod.raft.entries-per-append-max (%d) and synod.raft.bytes-per-append-max (%d)"
            .formatted(settings.entriesPerAppendMax(), settings.bytesPerAppendMax()));
  }
}
