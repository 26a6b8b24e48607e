package dev.synod.actors.replica;

import dev.synod.core.Read;

/**
 * What this replica last learned of how far the group had come: a read that it asked about at that
 * moment, by its own clock, had to see that index. So whoever has applied that index is at most as
 * stale as that moment is long ago, whatever happens elsewhere.
 */
public final class Freshness {

  private boolean isKnown;
  private long asOf;
  private long index;

  /** A question that was asked at that moment has come back with that index. */
  public void learned(long askedAt, long confirmed) {
    if (!isKnown || askedAt - asOf > 0) {
      isKnown = true;
      asOf = askedAt;
      index = confirmed;
    }
  }

  /** Whether the index is young enough for that read. */
  public boolean serves(Read.Bounded read, long now) {
    return isKnown && now - asOf < read.lag().toNanos();
  }

  public long index() {
    return index;
  }
}
