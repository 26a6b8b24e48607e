package dev.synod.log.format;

import org.jspecify.annotations.Nullable;

/** What a record of the log says. The code is on disk and never changes its meaning. */
public enum RecordKind {
  /** Gives a group its number; the payload is the group's name. */
  GROUP_OPENED(1),
  /** One entry of a group's replicated log. */
  ENTRY(2),
  /** The protocol's hard state: replaces the one before. */
  HARD_STATE(3),
  /** How the group was founded: replaces the one before. */
  DESCRIPTION(4),
  /** Removes the group's entries from the record's index on. */
  TRUNCATED(5),
  /** Removes the group's entries up to the record's position, which becomes the base. */
  COMPACTED(6),
  /** Removes all entries; the log goes on after the record's position. */
  RESET(7),
  /** Ends the group: nothing of that number is valid any more. */
  GROUP_REMOVED(8),
  /** A live entry moved here from an old segment, so that the segment can be deleted. */
  RELOCATED(9),
  /** All before it was closed in order; carries nothing. */
  CLOSED(10);

  private static final RecordKind[] BY_CODE = values();

  private final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }

  public byte code() {
    return code;
  }

  static @Nullable RecordKind ofCode(int code) {
    return code < 1 || code > BY_CODE.length ? null : BY_CODE[code - 1];
  }
}
