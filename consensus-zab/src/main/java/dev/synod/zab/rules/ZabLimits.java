package dev.synod.zab.rules;

import dev.synod.zab.protocol.Zxid;

/**
 * Bounds on what a leader does.
 *
 * @param entriesPerProposeMax in one message
 * @param bytesPerProposeMax payload bytes in one message; a single larger entry still travels,
 *     alone
 * @param entriesInFlightMax sent to one server and not yet acknowledged
 * @param counterMax transactions of one epoch, after which the leader gives it up; {@link Zxid#MAX}
 *     unless a test can't wait that long
 */
public record ZabLimits(
    int entriesPerProposeMax, long bytesPerProposeMax, int entriesInFlightMax, long counterMax) {

  public ZabLimits {
    if (entriesPerProposeMax < 1 || bytesPerProposeMax < 1 || entriesInFlightMax < 1) {
      throw new IllegalArgumentException(
          """
          entries-per-propose-max (%d), bytes-per-propose-max (%d) and entries-in-flight-max (%d) \
          must be at least 1\
          """
              .formatted(entriesPerProposeMax, bytesPerProposeMax, entriesInFlightMax));
    }
    if (counterMax < 1 || counterMax > Zxid.MAX) {
      throw new IllegalArgumentException(
          "an epoch has 1 to " + Zxid.MAX + " transactions, but counterMax is " + counterMax);
    }
  }
}
