package dev.synod.paxos.actor.multi;

import dev.synod.paxos.protocol.Ballot;
import java.util.Arrays;

/**
 * Where in the log each slot's newest vote stands, and with which ballot it was given: some 12
 * bytes a slot, as ballots are shared.
 */
final class SlotIndex {

  private static final int INITIAL = 64;

  private long base;
  private long last;
  private long[] places = new long[INITIAL];
  private Ballot[] ballots = new Ballot[INITIAL];

  /** Slots up to there are forgotten. */
  long base() {
    return base;
  }

  /** The highest slot with a vote; the base if there is none. */
  long last() {
    return last;
  }

  /**
   * A newer vote.
   *
   * @param place its record's index in the log
   */
  void put(long slot, Ballot ballot, long place) {
    if (slot <= base) {
      return;
    }
    int at = Math.toIntExact(slot - base - 1);
    if (at >= places.length) {
      int length = Math.max(at + 1, places.length * 2);
      places = Arrays.copyOf(places, length);
      ballots = Arrays.copyOf(ballots, length);
    }
    places[at] = place;
    ballots[at] = ballot;
    last = Math.max(last, slot);
  }

  /** {@link Ballot#ZERO} if it has none. */
  Ballot ballotAt(long slot) {
    return isKnown(slot) ? ballots[(int) (slot - base - 1)] : Ballot.ZERO;
  }

  /** 0 if it has none. */
  long placeOf(long slot) {
    return slot > base && slot <= last ? places[(int) (slot - base - 1)] : 0;
  }

  private boolean isKnown(long slot) {
    return placeOf(slot) > 0;
  }

  /** Forgets the slots up to there. */
  void forget(long upTo) {
    if (upTo <= base) {
      return;
    }
    int count = (int) Math.min(upTo - base, last - base);
    int left = (int) (last - base) - count;
    int length = Math.max(INITIAL, left * 2);
    var keptPlaces = new long[length];
    var keptBallots = new Ballot[length];
    System.arraycopy(places, count, keptPlaces, 0, left);
    System.arraycopy(ballots, count, keptBallots, 0, left);
    places = keptPlaces;
    ballots = keptBallots;
    base = upTo;
    last = Math.max(last, upTo);
  }

  /** The lowest place that a slot stands at; {@link Long#MAX_VALUE} if none does. */
  long lowestPlace() {
    long lowest = Long.MAX_VALUE;
    for (long slot = base + 1; slot <= last; slot++) {
      long place = placeOf(slot);
      lowest = place > 0 ? Math.min(lowest, place) : lowest;
    }
    return lowest;
  }
}
