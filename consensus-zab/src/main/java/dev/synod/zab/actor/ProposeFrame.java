package dev.synod.zab.actor;

import com.typesafe.config.Config;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.wire.EntryBlock;
import dev.synod.zab.ZabSettings;

/** Refuses settings by which a proposal could be made that Pekko's remoting can't carry. */
public final class ProposeFrame {

  private ProposeFrame() {}

  /**
   * Checks settings against the configuration of their actor system.
   *
   * @throws IllegalArgumentException with names and values
   */
  public static void check(ZabSettings settings, Config system) {
    long propose =
        settings.bytesPerProposeMax()
            + (long) settings.entriesPerProposeMax() * EntryBlock.ENTRY_BYTES_MIN
            + FrameCheck.ENVELOPE_BYTES_MAX;
    FrameCheck.require(
        system,
        propose,
        "synod.zab.entries-per-propose-max (%d) and synod.zab.bytes-per-propose-max (%d)"
            .formatted(settings.entriesPerProposeMax(), settings.bytesPerProposeMax()));
  }
}
