package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.core.Quorum;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import java.util.ArrayList;
import java.util.List;

/**
 * What a distinguished proposer has on its way, slot after slot.
 *
 * @param next the first slot that nothing was proposed for
 * @param rest what it has recovered and not proposed yet, from {@code next} on
 * @param flights what is proposed and not chosen without a hole, by slot
 */
record Pipeline(long next, List<Entry> rest, List<Flight> flights) {

  /** Up to where no slot is under way. */
  long counted() {
    return (flights.isEmpty() ? next : flights.get(0).firstSlot()) - 1;
  }

  /**
   * These are proposed now.
   *
   * @param entries of the next slots
   * @param beats heartbeats so far
   */
  Pipeline sending(List<Entry> entries, SlotLimits limits, long beats) {
    var all = new ArrayList<>(flights);
    long following = next;
    for (List<Entry> part : limits.cut(entries)) {
      var flight = new Flight(part, List.of(), beats);
      all.add(flight);
      following = flight.lastSlot() + 1;
    }
    return new Pipeline(following, rest, all);
  }

  /** So many of the rest were proposed. */
  Pipeline without(int count) {
    return count == 0 ? this : new Pipeline(next, rest.subList(count, rest.size()), flights);
  }

  /** An acceptor has voted. The same if that is no news. */
  Pipeline accepted(Accepted accepted) {
    int at = indexOf(accepted);
    if (at < 0 || flights.get(at).accepted().contains(accepted.from())) {
      return this;
    }
    var all = new ArrayList<>(flights);
    all.set(at, flights.get(at).acceptedBy(accepted.from()));
    return new Pipeline(next, rest, all);
  }

  private int indexOf(Accepted accepted) {
    int low = 0;
    int high = flights.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var flight = flights.get(middle);
      if (flight.firstSlot() == accepted.firstSlot()) {
        return flight.lastSlot() == accepted.lastSlot() ? middle : -1;
      }
      if (flight.firstSlot() < accepted.firstSlot()) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The first ones, up to the first that no quorum has accepted. */
  List<Flight> chosen(Quorum quorum) {
    int done = 0;
    while (done < flights.size() && flights.get(done).isChosen(quorum)) {
      done++;
    }
    return flights.subList(0, done);
  }

  /** Those are chosen. */
  Pipeline after(List<Flight> chosen) {
    return new Pipeline(
        next, rest, new ArrayList<>(flights.subList(chosen.size(), flights.size())));
  }

  /** What was not chosen within a whole interval. */
  List<Flight> late(Quorum quorum, long beats) {
    return flights.stream()
        .filter(flight -> flight.sentAt() < beats && !flight.isChosen(quorum))
        .toList();
  }

  /** Those are sent again. */
  Pipeline again(List<Flight> late, long beats) {
    return late.isEmpty()
        ? this
        : new Pipeline(
            next,
            rest,
            flights.stream()
                .map(flight -> late.contains(flight) ? flight.sent(beats) : flight)
                .toList());
  }
}
