package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Waiting;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What this process and others use, as the operating system and the JVM tell it. */
final class Processes {

  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB");
  private static final int SECTOR_BYTES = 512;
  private static final long END_SECONDS = 10;
  private static final Pattern SENT = Pattern.compile("(?m)^\\s*lo:(?:\\s*\\d+){8}\\s+(\\d+)");

  private Processes() {}

  /** Of this process and those, and of the disk that holds the folder. */
  static Usage usage(List<ProcessHandle> others, Path folder) {
    double cpu = ownCpuNanos();
    double peak = tell(ofProcess(ProcessHandle.current().pid(), "status"), PEAK) * 1024;
    for (ProcessHandle other : others) {
      cpu += other.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
      peak += tell(ofProcess(other.pid(), "status"), PEAK) * 1024;
    }
    return new Usage(
        cpu, peak, writtenBytes(folder), tell(Path.of("/proc/net/dev"), SENT), ownAllocatedBytes());
  }

  /** Waits for a process that was told to end; one that does not is made to. */
  static void untilEnded(Process process) {
    Waiting.untilEnded(
        () -> {
          if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
          }
        });
  }

  /** CPU time of all threads of this process, in nanoseconds. */
  static long ownCpuNanos() {
    var os = ManagementFactory.getOperatingSystemMXBean();
    return os instanceof com.sun.management.OperatingSystemMXBean sun ? sun.getProcessCpuTime() : 0;
  }

  private static double ownAllocatedBytes() {
    var threads = ManagementFactory.getThreadMXBean();
    return threads instanceof com.sun.management.ThreadMXBean sun
        ? Arrays.stream(sun.getThreadAllocatedBytes(sun.getAllThreadIds()))
            .filter(bytes -> bytes > 0)
            .sum()
        : Double.NaN;
  }

  /**
   * Of the device below the folder, by anybody. What Linux counts for a process can't be used: it
   * charges a whole folio, up to megabytes, for each byte that makes one dirty.
   */
  private static double writtenBytes(Path folder) {
    try {
      if (Files.getAttribute(folder, "unix:dev") instanceof Long device) {
        long major = (device >> 8) & 0xfff;
        long minor = (device & 0xff) | ((device >> 12) & 0xfff00);
        // Name, then reads, reads merged, sectors read, ms, writes, writes merged, sectors written.
        var line =
            Pattern.compile(
                "(?m)^\\s*%d\\s+%d\\s+\\S+(?:\\s+\\d+){6}\\s+(\\d+)".formatted(major, minor));
        return tell(Path.of("/proc/diskstats"), line) * SECTOR_BYTES;
      }
      return Double.NaN;
    } catch (IOException | UnsupportedOperationException unknown) {
      return Double.NaN; // not a Unix
    }
  }

  private static Path ofProcess(long pid, String file) {
    return Path.of("/proc", String.valueOf(pid), file);
  }

  /** The number that the pattern finds in the file; not a number if there is none. */
  private static double tell(Path file, Pattern pattern) {
    try {
      var found = pattern.matcher(Files.readString(file));
      return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    } catch (IOException unknown) {
      return Double.NaN; // not Linux, or the process has ended
    }
  }
}
