package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.log.GroupLog;
import java.util.List;
import java.util.Optional;

/** One write to a group's log, as the journal keeps it: one event. */
sealed interface JournalRecord {

  /** Entries were appended. */
  record Appended(List<Entry> entries) implements JournalRecord {}

  /** The entries from that index on were removed. */
  record Truncated(long index) implements JournalRecord {}

  /** The protocol's hard state was replaced. */
  record Saved(Bytes hardState) implements JournalRecord {}

  /** The group's description was replaced. */
  record Described(Bytes description) implements JournalRecord {}

  /**
   * The log was compacted; this is all of it since then. What the journal holds before is no longer
   * needed.
   */
  record Compacted(
      LogPosition base, Optional<Bytes> saved, Optional<Bytes> description, List<Entry> entries)
      implements JournalRecord {

    /** The log as it is. */
    static Compacted of(GroupLog log) {
      long first = log.base().index() + 1;
      return new Compacted(
          log.base(),
          log.saved(),
          log.description(),
          log.cached(first, log.last().index()).orElse(List.of()));
    }
  }
}
