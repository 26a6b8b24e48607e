package dev.synod.log;

/**
 * Why the log can't go on: which file, where, what happened and what to do about it, in one message
 * for a person.
 *
 * @param kind what a program may decide on
 */
public record LogFailure(Kind kind, String message) {

  /** What a program may decide on. */
  public enum Kind {
    /** No space left: free some and restart. */
    FULL,
    /** The device refused a write or a sync: nothing unsynced may be trusted. */
    IO,
    /** A damaged record before the tail. */
    CORRUPT
  }
}
