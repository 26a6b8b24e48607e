package dev.synod.core;

/**
 * A logical clock: if one event can have caused another, its time is lower (Lamport 1978). The
 * converse does not hold: times of concurrent events differ without meaning.
 *
 * @param time of the last event, never negative
 * @param node breaks ties, so that times are totally ordered
 */
public record LamportClock(long time, StoreId node) implements Comparable<LamportClock> {

  public LamportClock {
    Invariants.check(time >= 0, "a logical time is never negative: %s", time);
  }

  /** Something happened here, a send included (IR1). */
  public LamportClock tick() {
    return new LamportClock(Math.addExact(time, 1), node);
  }

  /** A message stamped {@code other} arrived (IR2). */
  public LamportClock receive(LamportClock other) {
    return new LamportClock(Math.addExact(Math.max(time, other.time), 1), node);
  }

  @Override
  public int compareTo(LamportClock other) {
    int byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : node.compareTo(other.node);
  }
}
