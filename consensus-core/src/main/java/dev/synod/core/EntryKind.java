package dev.synod.core;

/**
 * What a log entry is for. The code is part of the disk and wire formats and never changes its
 * meaning.
 */
public enum EntryKind {
  /** Carries nothing; a new leader's first entry (Raft §8), or the filler of a hole in Paxos. */
  NO_OP(0),
  /** A user's command with its session and request number. */
  COMMAND(1),
  /** Who belongs to the group from here on (Raft §6). */
  CONFIGURATION(2),
  /** Registers a client session, whose id is this entry's index (Ongaro's thesis §6.3). */
  OPEN_SESSION(3),
  /** Ends the listed sessions on every replica at the same place in the log. */
  CLOSE_SESSIONS(4),
  /**
   * Stands where an entry of another kind stands elsewhere: same index and term, no payload. Only
   * witnesses are sent this; who has it can't know what was applied here.
   */
  WITNESSED(5);

  private static final EntryKind[] BY_CODE = values();

  private final byte code;

  EntryKind(int code) {
    this.code = (byte) code;
  }

  public byte code() {
    return code;
  }

  /** The kind with that code, or an {@link IllegalArgumentException} that names it. */
  public static EntryKind of(byte code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException(
          "unknown entry kind " + code + ": written by a newer version?");
    }
    return BY_CODE[code];
  }
}
