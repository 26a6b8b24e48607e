package dev.synod.core;

/**
 * One of our own rules is broken. The replica that finds it stops: what cannot happen must not be
 * served. An {@link Error}, so that no handler of ordinary failures swallows it.
 */
public final class InvariantViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  public InvariantViolation(String message) {
    super(message);
  }
}
