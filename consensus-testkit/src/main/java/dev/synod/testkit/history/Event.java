package dev.synod.testkit.history;

/** One line of a history: a client asks, or learns how that ended. */
public sealed interface Event {

  /** Logical time, in whatever unit the run counts; for a reader only. */
  long time();

  /** The client: it does one thing at a time. */
  String process();

  /** A client asks. */
  record Invoke(long time, String process, Call call) implements Event {}

  /**
   * A client learns how its last call ended.
   *
   * @param text the result if it is {@link Ending#OK}, empty if there is none to tell; otherwise
   *     why, for a person
   */
  record End(long time, String process, Ending ending, String text) implements Event {}
}
