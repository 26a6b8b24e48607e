package dev.synod.testkit.cluster;

import dev.synod.core.Read;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;

/** How fresh the workload's reads must be, by what is promised of their keys. */
final class Freshnesses {

  private static final long[] LAGS = {0, 50, 300, 2000};
  private static final int LEASES_OF_THREE = 1;

  private final Draw draw;

  Freshnesses(Draw draw) {
    this.draw = draw;
  }

  /**
   * Of a read of that key.
   *
   * @param knows the last index that its client knows of
   */
  Read of(String key, long knows) {
    if (Calls.isForSessions(key)) {
      return Read.atLeast(knows);
    } else if (Calls.mayLag(key)) {
      return Read.bounded(Duration.ofMillis(LAGS[(int) draw.nextLong(LAGS.length)]));
    }
    return draw.nextLong(3) < LEASES_OF_THREE ? Read.lease() : Read.linearizable();
  }
}
