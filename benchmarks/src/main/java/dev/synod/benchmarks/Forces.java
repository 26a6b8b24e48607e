package dev.synod.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts how often processes force files to disk, with {@code strace}, which slows them: for counts
 * in relation to operations, never for times.
 */
final class Forces implements AutoCloseable {

  private static final String CALLS = "fsync,fdatasync,msync,sync_file_range";

  private final Path report;
  private final Process strace;

  private Forces(Path report, Process strace) {
    this.report = report;
    this.strace = strace;
  }

  /** Begins to count for those processes and their threads. */
  static Forces of(List<Long> pids, Path folder) throws IOException, InterruptedException {
    Path report = folder.resolve("forces");
    var command =
        new ArrayList<>(
            List.of("strace", "-f", "-c", "-q", "-o", report.toString(), "-e", "trace=" + CALLS));
    for (Long pid : pids) {
      command.add("-p");
      command.add(String.valueOf(pid));
    }
    var strace =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (strace.waitFor(1, TimeUnit.SECONDS)) {
      throw new IOException("strace ended at once with status " + strace.exitValue());
    }
    return new Forces(report, strace);
  }

  /** Ends the count. */
  long stop() throws IOException {
    close();
    return Files.exists(report) ? sum(Files.readString(report, StandardCharsets.UTF_8)) : 0;
  }

  /** Of the table that {@code strace -c} prints, the calls of all lines that name one of ours. */
  static long sum(String table) {
    var ours = List.of(CALLS.split(","));
    return table
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 5 && ours.contains(words[words.length - 1]))
        .mapToLong(words -> Long.parseLong(words[3]))
        .sum();
  }

  @Override
  public void close() {
    strace.destroy(); // SIGTERM: it lets go of the processes and writes its table
    Processes.untilEnded(strace);
  }
}
