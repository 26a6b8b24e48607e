package dev.synod.actors;

/**
 * A watch can't go on. Everything up to {@link #next} was delivered, nothing from there on: that is
 * where a new watch resumes without a gap, if it can.
 */
public class WatchFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long next;

  public WatchFailedException(long next, String message) {
    super(message);
    this.next = next;
  }

  /** The index to resume from. */
  public final long next() {
    return next;
  }
}
