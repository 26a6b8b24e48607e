package dev.synod.core;

/**
 * What became of a command. There are three answers, and the last two must never be confused: who
 * takes "unknown" for "rejected" and sends again under another number may pay twice.
 */
public sealed interface Outcome<R> {

  /**
   * Chosen, durable on a quorum, and applied.
   *
   * @param reply what the state machine answered
   * @param index where in the log it was applied; a read at least at this index sees it
   */
  record Ok<R>(R reply, long index) implements Outcome<R> {}

  /**
   * Certainly not taken, now or later. Sending again is safe.
   *
   * @param text for a person: what happened and what to do
   */
  record Rejected<R>(Reason reason, String text) implements Outcome<R> {}

  /**
   * May have been chosen, or may yet be. Only a retry under the same session and request number, or
   * a read, can tell.
   *
   * @param text for a person: what happened
   */
  record Unknown<R>(String text) implements Outcome<R> {}

  /** Why a command was certainly not taken. */
  enum Reason {
    /** Some bound is reached; try again later. */
    BUSY,
    /** No leader was found before the deadline. */
    NO_LEADER,
    /** The log can't write any more: the disk is full or failing. */
    STORAGE,
    /** Too large, not encodable, or not allowed. */
    INVALID,
    /** The group does not run there. */
    NOT_HOSTED,
    /** The session ended before the command was applied. */
    SESSION_EXPIRED,
    /** The node or the group is stopping. */
    STOPPING
  }
}
