package dev.synod.actors.replica;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;

/**
 * The bounds of an applier.
 *
 * @param questionsWaitingMax reads that may wait for the state to reach their index; more are told
 *     {@code rejected(busy)}
 * @param entriesPerTurnMax entries applied before waiting reads and other messages get their turn
 * @param answersPerMessageMax answers in one message to a client, so that it stays within a frame
 * @param snapshotChunkBytes bytes handed to the disk at a time while a snapshot is written or read
 * @param stateDigestAfterEntries after each so many entries a digest of the whole state is taken,
 *     to be compared with that of other replicas; 0 for never. The same on all nodes, or none are
 *     comparable
 */
public record ApplierSettings(
    int questionsWaitingMax,
    int entriesPerTurnMax,
    int answersPerMessageMax,
    int snapshotChunkBytes,
    int stateDigestAfterEntries) {

  private static final int CHUNK_BYTES_MIN = 512;
  private static final int CHUNK_BYTES_MAX = 16 * 1024 * 1024;

  public ApplierSettings {
    atLeastOne("questions-waiting-max", questionsWaitingMax);
    atLeastOne("entries-per-turn-max", entriesPerTurnMax);
    atLeastOne("answers-per-message-max", answersPerMessageMax);
    if (stateDigestAfterEntries < 0) {
      throw new IllegalArgumentException(
          "synod.applier.state-digest-after-entries is at least 0, but got "
              + stateDigestAfterEntries);
    }
    if (snapshotChunkBytes < CHUNK_BYTES_MIN || snapshotChunkBytes > CHUNK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "synod.applier.snapshot-chunk-bytes is %d to %d bytes, but got %d"
              .formatted(CHUNK_BYTES_MIN, CHUNK_BYTES_MAX, snapshotChunkBytes));
    }
  }

  /** Reads the section {@code synod.applier}. */
  public static ApplierSettings from(Config section) {
    return new ApplierSettings(
        section.getInt("questions-waiting-max"),
        section.getInt("entries-per-turn-max"),
        section.getInt("answers-per-message-max"),
        Section.intBytes(section, "snapshot-chunk-bytes"),
        section.getInt("state-digest-after-entries"));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "synod.applier.%s is at least 1, but got %d".formatted(name, value));
    }
  }
}
