package dev.synod.actors;

/**
 * A watch wants changes that no replica has any more: it began too far back, or its consumer was
 * slower than the group for too long. Read the state, and watch from the index of that read on.
 */
public final class CompactedException extends WatchFailedException {

  private static final long serialVersionUID = 1L;

  private final long first;

  public CompactedException(long next, long first) {
    super(
        next,
        """
        the changes from %d on are not all there any more, the first index still there is %d: read \
        the state and watch from the index of that read on, or keep more of the log\
        """
            .formatted(next, first));
    this.first = first;
  }

  /** The first index from which on a replica has all changes. */
  public long first() {
    return first;
  }
}
