package dev.synod.actors.replica;

import dev.synod.core.Read;
import java.util.OptionalLong;

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

  /** What must be applied for such a read to be answered here; empty if a leader must say. */
  public OptionalLong indexFor(Read read, long now) {
    if (read instanceof Read.Stale) {
      return OptionalLong.of(0);
    } else if (read instanceof Read.AtLeast atLeast) {
      return OptionalLong.of(atLeast.index());
    }
    return read instanceof Read.Bounded bounded && serves(bounded, now)
        ? OptionalLong.of(index)
        : OptionalLong.empty();
  }

  private boolean serves(Read.Bounded read, long now) {
    return isKnown && now - asOf < read.lag().toNanos();
  }
}
