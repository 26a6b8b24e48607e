package dev.synod.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** CPU time of this process and of others. */
final class Processes {

  private Processes() {}

  /** All threads of this process, in nanoseconds. */
  static long ownCpuNanos() {
    var os = ManagementFactory.getOperatingSystemMXBean();
    return os instanceof com.sun.management.OperatingSystemMXBean sun ? sun.getProcessCpuTime() : 0;
  }

  /** All threads of that process, in nanoseconds, to the resolution of the operating system. */
  static long cpuNanos(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
