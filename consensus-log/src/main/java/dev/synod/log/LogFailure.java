package dev.synod.log;

import java.io.IOException;
import java.util.Locale;

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
    CORRUPT,
    /** Another process, or another opening in this one, uses the directory. */
    LOCKED,
    /** Written by another version of the format. */
    UNKNOWN_FORMAT,
    /** A file of another store. */
    FOREIGN
  }

  /** The device failed while doing that. */
  public static LogFailure of(String doing, IOException cause) {
    String why = String.valueOf(cause.getMessage());
    if (isFull(why)) {
      return new LogFailure(Kind.FULL, doing + ": " + why + "; free some space and restart");
    }
    return new LogFailure(Kind.IO, doing + ": " + why + "; check the device and restart");
  }

  private static boolean isFull(String why) {
    String lower = why.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }
}
