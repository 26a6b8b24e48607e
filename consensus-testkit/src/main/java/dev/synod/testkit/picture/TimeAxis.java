package dev.synod.testkit.picture;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a moment is drawn, from above. Not to scale: what happens at once is pulled apart, and what
 * nothing happens in is drawn together, so that neither a microsecond nor a second is lost.
 */
final class TimeAxis {

  private static final double GAP_MIN = 2.2;
  private static final double GAP_OF_WIDE_MIN = 13;
  private static final double GAP_MAX = 40;
  private static final double PIXELS_PER_DOUBLING = 2.6;
  private static final double SHORT_NANOS = 50_000;

  private final TreeMap<Long, Double> places = new TreeMap<>();

  /**
   * An axis.
   *
   * @param wide those of the times that need room for a line of text
   * @param top where the first of the times is drawn
   */
  TimeAxis(Collection<Long> times, Set<Long> wide, double top) {
    double place = top;
    long before = 0;
    for (long time : new TreeSet<>(times)) {
      double least = wide.contains(time) ? GAP_OF_WIDE_MIN : GAP_MIN;
      place += places.isEmpty() ? 0 : Math.max(least, gap(time - before));
      places.put(time, place);
      before = time;
    }
  }

  private static double gap(long nanos) {
    double doublings = StrictMath.log(1 + nanos / SHORT_NANOS) / StrictMath.log(2);
    return Math.min(GAP_MAX, GAP_MIN + PIXELS_PER_DOUBLING * doublings);
  }

  /** The place of a time; one that is beyond either end is drawn there. */
  double at(long time) {
    var floor = places.floorEntry(time);
    var ceiling = places.ceilingEntry(time);
    if (floor == null) {
      return places.firstEntry().getValue();
    } else if (ceiling == null) {
      return places.lastEntry().getValue();
    } else if (floor.getKey().equals(ceiling.getKey())) {
      return floor.getValue();
    }
    double part = (double) (time - floor.getKey()) / (ceiling.getKey() - floor.getKey());
    return floor.getValue() + part * (ceiling.getValue() - floor.getValue());
  }

  double bottom() {
    return places.lastEntry().getValue();
  }

  /** All times that something happens at. */
  Iterable<Map.Entry<Long, Double>> places() {
    return places.entrySet();
  }
}
