package dev.synod.actors;

/**
 * The group that a watch began with is gone, and another one was founded in its place, as may
 * happen to one kept in memory. Its indexes begin anew: read the state and watch from the index of
 * that read on.
 */
public final class RefoundedException extends WatchFailedException {

  private static final long serialVersionUID = 1L;

  public RefoundedException(long next) {
    super(
        next,
        """
        the group was founded anew, so what follows change %d will never be known: read the state \
        and watch from the index of that read on\
        """
            .formatted(next - 1));
  }
}
