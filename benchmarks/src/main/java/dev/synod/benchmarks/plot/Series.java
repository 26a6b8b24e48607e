package dev.synod.benchmarks.plot;

import java.util.List;

/** One line of a picture, through its points in their order. */
public record Series(String name, List<LinePlot.Point> points) {

  public Series {
    points = List.copyOf(points);
  }
}
