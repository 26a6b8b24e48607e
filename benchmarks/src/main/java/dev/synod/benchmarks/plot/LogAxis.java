package dev.synod.benchmarks.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis: equal ratios are equally long. It spans the values, out to the next mark at
 * either end.
 *
 * @param from the least value, positive
 * @param start where it lies in the picture
 * @param end where the largest value lies; may be less than the start
 */
record LogAxis(double from, double to, double start, double end) {

  private static final double[] STEPS = {1, 2, 5};

  static LogAxis over(DoubleStream values, double start, double end) {
    var all = values.filter(value -> value > 0 && Double.isFinite(value)).summaryStatistics();
    if (all.getCount() == 0) {
      return new LogAxis(1, 10, start, end);
    }
    double from = markAtMost(all.getMin());
    double to = from;
    while (to < all.getMax() || to == from) {
      to = markAbove(to);
    }
    return new LogAxis(from, to, start, end);
  }

  double place(double value) {
    return start + (end - start) * Math.log(value / from) / Math.log(to / from);
  }

  /** 1, 2, 5, 10, 20, …; over more than three decades only the powers of ten. */
  List<Double> marks() {
    boolean few = to / from > 1_000;
    var marks = new ArrayList<Double>();
    for (double mark = from; mark <= to * 1.001; mark = markAbove(mark)) {
      if (!few || isPowerOfTen(mark)) {
        marks.add(mark);
      }
    }
    return marks;
  }

  /** Such as 20, 5k, 1M. */
  static String label(double mark) {
    if (mark >= 1e6) {
      return String.format(Locale.ROOT, "%.0fM", mark / 1e6);
    }
    if (mark >= 1e3) {
      return String.format(Locale.ROOT, "%.0fk", mark / 1e3);
    }
    return mark >= 1
        ? String.format(Locale.ROOT, "%.0f", mark)
        : String.format(Locale.ROOT, "%.3g", mark);
  }

  private static boolean isPowerOfTen(double mark) {
    double exponent = Math.log10(mark);
    return Math.abs(exponent - Math.rint(exponent)) < 1e-9;
  }

  private static double markAtMost(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double mark = decade;
    for (double step : STEPS) {
      if (step * decade <= value * 1.000001) {
        mark = step * decade;
      }
    }
    return mark;
  }

  private static double markAbove(double mark) {
    double decade = Math.pow(10, Math.floor(Math.log10(mark * 1.000001)));
    for (double step : STEPS) {
      if (step * decade > mark * 1.000001) {
        return step * decade;
      }
    }
    return 10 * decade;
  }
}
