package dev.synod.raft.rules;

/**
 * Bounds on what a leader has under way to one follower.
 *
 * @param entriesPerAppendMax in one {@code AppendEntries}
 * @param bytesPerAppendMax payload bytes in one {@code AppendEntries}; a single larger entry still
 *     travels, alone
 * @param appendsInFlightMax unanswered {@code AppendEntries} to one follower
 */
public record ReplicationLimits(
    int entriesPerAppendMax, long bytesPerAppendMax, int appendsInFlightMax) {

  public ReplicationLimits {
    if (entriesPerAppendMax < 1 || bytesPerAppendMax < 1 || appendsInFlightMax < 1) {
      throw new IllegalArgumentException(
          """
          entries-per-append-max (%d), bytes-per-append-max (%d) and appends-in-flight-max (%d) \
          must be at least 1\
          """
              .formatted(entriesPerAppendMax, bytesPerAppendMax, appendsInFlightMax));
    }
  }
}
