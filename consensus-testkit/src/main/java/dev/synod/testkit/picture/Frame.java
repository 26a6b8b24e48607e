package dev.synod.testkit.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where what is drawn: lanes side by side, time from above to below. Lengths are pixels. */
final class Frame {

  /** Half a lane. */
  static final double HALF = 8;

  private static final double LEFT = 172;
  private static final double TOP = 58;
  private static final double LANES_WIDTH = 900;
  private static final double BETWEEN_MAX = 300;
  private static final double BETWEEN_MIN = 150;
  private static final double RIGHT = 176;

  private final List<String> nodes;
  private final double between;
  private final TimeAxis axis;

  Frame(List<String> nodes, List<Long> times, Set<Long> wide) {
    this.nodes = nodes;
    double even = LANES_WIDTH / Math.max(1, nodes.size() - 1);
    this.between = Math.max(BETWEEN_MIN, Math.min(BETWEEN_MAX, even));
    this.axis = new TimeAxis(times, wide, TOP);
  }

  double x(String node) {
    return LEFT + between * Math.max(0, nodes.indexOf(node));
  }

  double y(long time) {
    return axis.at(time);
  }

  double between() {
    return between;
  }

  double top() {
    return TOP;
  }

  double bottom() {
    return axis.bottom();
  }

  /** The right end of the last lane's room. */
  double right() {
    return LEFT + between * (nodes.size() - 1) + RIGHT;
  }

  List<String> nodes() {
    return nodes;
  }

  /** Times with a place for their text, not closer than that to each other. */
  List<Long> ticks(double apart) {
    var ticks = new ArrayList<Long>();
    double next = 0;
    for (var place : axis.places()) {
      if (place.getValue() >= next) {
        ticks.add(place.getKey());
        next = place.getValue() + apart;
      }
    }
    return ticks;
  }
}
