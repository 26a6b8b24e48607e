package dev.synod.benchmarks;

import java.util.Locale;

/** One turn's figures. Times are in microseconds. */
record Row(
    String system,
    String layout,
    String workload,
    int replicas,
    int groups,
    int outstanding,
    int bytes,
    double opsPerSecond,
    double p50Micros,
    double p99Micros,
    Costs costs,
    long failures,
    int turn) {

  static final String HEAD =
      "%-16s %-10s %-17s %4s %6s %5s %7s %9s %8s %8s %8s %8s %8s %8s %6s %6s %4s"
          .formatted(
              "system",
              "layout",
              "workload",
              "repl",
              "groups",
              "outst",
              "bytes",
              "ops/s",
              "p50 µs",
              "p99 µs",
              "CPU µs",
              "disk B",
              "wire B",
              "alloc B",
              "forces",
              "MB",
              "turn");

  /** All but the figures: rows with the same are turns of one measurement. */
  String subject() {
    return String.join(
        " ",
        system,
        layout,
        workload,
        String.valueOf(replicas),
        String.valueOf(groups),
        String.valueOf(outstanding),
        String.valueOf(bytes));
  }

  Row withForces(double forces) {
    return new Row(
        system,
        layout,
        workload,
        replicas,
        groups,
        outstanding,
        bytes,
        opsPerSecond,
        p50Micros,
        p99Micros,
        costs.withForces(forces),
        failures,
        turn);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-16s %-10s %-17s %4d %6d %5d %7d %9.0f %8.0f %8.0f %8.1f %8s %8s %8s %6s %6s %4d%s",
        system,
        layout,
        workload,
        replicas,
        groups,
        outstanding,
        bytes,
        opsPerSecond,
        p50Micros,
        p99Micros,
        costs.cpuMicros(),
        known("%.0f", costs.diskBytes()),
        known("%.0f", costs.wireBytes()),
        known("%.0f", costs.allocatedBytes()),
        known("%.3f", costs.forces()),
        known("%.0f", costs.peakMegabytes()),
        turn,
        failures == 0 ? "" : "  (" + failures + " failed)");
  }

  private static String known(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
