package dev.synod.actors.wire;

import dev.synod.core.Outcome.Reason;

/** The byte that stands for a {@link Reason} on disk and wire. A code never changes its meaning. */
public final class ReasonCode {

  private ReasonCode() {}

  public static byte of(Reason reason) {
    return switch (reason) {
      case BUSY -> 1;
      case NO_LEADER -> 2;
      case STORAGE -> 3;
      case INVALID -> 4;
      case NOT_HOSTED -> 5;
      case SESSION_EXPIRED -> 6;
      case STOPPING -> 7;
    };
  }

  /**
   * The inverse of {@link #of}; an {@link IllegalArgumentException} names a code that is not known.
   */
  public static Reason reason(byte code) {
    return switch (code) {
      case 1 -> Reason.BUSY;
      case 2 -> Reason.NO_LEADER;
      case 3 -> Reason.STORAGE;
      case 4 -> Reason.INVALID;
      case 5 -> Reason.NOT_HOSTED;
      case 6 -> Reason.SESSION_EXPIRED;
      case 7 -> Reason.STOPPING;
      default -> throw new IllegalArgumentException("unknown reason code " + code);
    };
  }
}
