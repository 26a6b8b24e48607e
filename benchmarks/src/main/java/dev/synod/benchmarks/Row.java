package dev.synod.benchmarks;

import java.util.Locale;

/** One turn's figures. Times are in microseconds. */
record Row(
    String system,
    String layout,
    String workload,
    int outstanding,
    int bytes,
    double opsPerSecond,
    double p50Micros,
    double p99Micros,
    double cpuMicrosPerOp,
    long failures,
    int turn) {

  static final String HEAD =
      "%-12s %-11s %-8s %11s %7s %12s %10s %10s %10s %5s"
          .formatted(
              "system",
              "layout",
              "workload",
              "outstanding",
              "bytes",
              "ops/s",
              "p50 µs",
              "p99 µs",
              "CPU µs/op",
              "turn");

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-12s %-11s %-8s %11d %7d %12.0f %10.0f %10.0f %10.1f %5d%s",
        system,
        layout,
        workload,
        outstanding,
        bytes,
        opsPerSecond,
        p50Micros,
        p99Micros,
        cpuMicrosPerOp,
        turn,
        failures == 0 ? "" : "  (" + failures + " failed)");
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"system\":\"%s\",\"layout\":\"%s\",\"workload\":\"%s\",\"outstanding\":%d,\"bytes\":%d,"
            + "\"opsPerSecond\":%.1f,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"cpuMicrosPerOp\":%.2f,"
            + "\"failures\":%d,\"turn\":%d}",
        system,
        layout,
        workload,
        outstanding,
        bytes,
        opsPerSecond,
        p50Micros,
        p99Micros,
        cpuMicrosPerOp,
        failures,
        turn);
  }
}
