package dev.synod.actors;

import dev.synod.core.Outcome;

/**
 * The command was certainly not applied, or the read not answered: see {@link Outcome.Rejected}.
 * Sending again is safe.
 */
public final class RejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Outcome.Reason reason;

  public RejectedException(Outcome.Reason reason, String text) {
    super(reason + ": " + text);
    this.reason = reason;
  }

  public Outcome.Reason reason() {
    return reason;
  }
}
