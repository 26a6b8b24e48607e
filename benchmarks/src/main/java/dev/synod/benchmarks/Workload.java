package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Freshness;
import dev.synod.benchmarks.peer.Registers;
import java.util.Locale;

/**
 * What is asked of a system in one turn.
 *
 * @param outstanding requests under way at a time
 * @param bytes size of a value
 * @param readPercent how many of 100 requests read; the others write
 */
record Workload(
    int outstanding,
    int bytes,
    int readPercent,
    Freshness freshness,
    int warmupSeconds,
    int seconds) {

  /** Bounds what the replicas hold in memory when values are large, in bytes. */
  private static final int STATE_BYTES_MAX = 32 << 20;

  Workload {
    if (outstanding < 1 || bytes < Integer.BYTES || readPercent < 0 || readPercent > 100) {
      throw new IllegalArgumentException(
          "%d outstanding, %d bytes, %d %% reads".formatted(outstanding, bytes, readPercent));
    }
  }

  static Workload writes(int outstanding, int bytes, int warmupSeconds, int seconds) {
    return new Workload(outstanding, bytes, 0, Freshness.LINEARIZABLE, warmupSeconds, seconds);
  }

  Workload withoutWarmup() {
    return new Workload(outstanding, bytes, readPercent, freshness, 0, seconds);
  }

  /** How many registers it uses. */
  int registers() {
    return Math.max(1, Math.min(Registers.COUNT, STATE_BYTES_MAX / bytes));
  }

  /** Such as {@code write}, {@code read-stale}, {@code 90%-read-linearizable}. */
  String kind() {
    if (readPercent == 0) {
      return "write";
    }
    var read = "read-" + freshness.name().toLowerCase(Locale.ROOT);
    return readPercent == 100 ? read : readPercent + "%-" + read;
  }
}
