package dev.synod.testkit.history;

/** How an operation ended, as its client was told. The last two must never be confused. */
public enum Ending {
  /** It took effect, once, between its invocation and now. */
  OK,
  /** It took no effect, and never will. */
  REJECTED,
  /** Nobody can tell: it may have taken effect, may yet at any later time, or never. */
  UNKNOWN
}
