package dev.synod.raft.actor;

import com.typesafe.config.Config;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.settings.Section;
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
    FrameCheck.frameBytes(system)
        .ifPresent(
            frame ->
                Section.require(
                    append <= frame,
                    "%d entries (synod.raft.entries-per-append-max) of together %d bytes"
                        + " (synod.raft.bytes-per-append-max) take up to %d bytes with their"
                        + " envelope, but %s (%d) carries less: a follower that is behind would"
                        + " never get them; lower the one or raise the other",
                    settings.entriesPerAppendMax(),
                    settings.bytesPerAppendMax(),
                    append,
                    FrameCheck.FRAME,
                    frame));
  }
}
