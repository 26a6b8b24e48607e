package dev.synod.actors;

import dev.synod.core.Outcome;

/**
 * The command may have been applied, or may yet be: see {@link Outcome.Unknown}. Sending it again
 * would be another command; a read can tell.
 */
public final class UnknownOutcomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownOutcomeException(String text) {
    super(text);
  }
}
