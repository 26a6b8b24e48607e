package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.synod.core.Entry;
import dev.synod.log.disk.RealDisk;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same faults that the disk in memory plays, once from the operating system itself. What this
 * machine can't do is skipped with a message.
 */
@Tag("nightly")
@Tag("process")
@DisplayName("When the operating system's disk fails, a process refuses all further, and recovers")
class OperatingSystemFaultsTest {

  /** How many writes a file system bears before it is shut down. */
  private static final int WRITES_BEFORE_SHUTDOWN = 300;

  /** {@code EXT4_IOC_SHUTDOWN} with {@code EXT4_GOING_FLAGS_NOLOGFLUSH}: fs/ext4/ext4.h. */
  private static final String SHUT_DOWN =
      "open(F, '<', $ARGV[0]) or die; my $flags = pack('L', 2); ioctl(F, 0x8004587d, $flags) or"
          + " die";

  @TempDir Path folder;

  private final List<Path> mounts = new ArrayList<>();

  @AfterEach
  void unmount() throws Exception {
    for (Path mount : mounts) {
      run("umount", mount.toString());
    }
  }

  @Test
  @DisplayName("the tenth fdatasync of a thread gives EIO: it is the last one")
  void failedForce() throws Exception {
    assumeCommand("strace", "-V");
    Path data = Files.createDirectory(folder.resolve("data"));
    Path traces = Files.createDirectory(folder.resolve("traces"));

    List<String> lines =
        written(
            List.of(
                "strace",
                "-ff", // a trace for each thread
                "-qq",
                "-y",
                "-o",
                traces.resolve("of").toString(),
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync:error=EIO:when=10"), // opening the log makes three
            data,
            Integer.MAX_VALUE,
            () -> {});

    assertRefused(lines, "kind=IO", "Input/output error");
    List<String> calls = traceOfFailure(traces);
    int failed = indexOf(calls, "INJECTED");
    String force = calls.get(failed).replaceAll(".*(fdatasync\\(\\d+<.*/wal/\\d+.log>\\)).*", "$1");
    assertThat(force).startsWith("fdatasync(");
    assertThat(calls.subList(failed + 1, calls.size()))
        .as("calls after %s failed", force)
        .noneMatch(call -> call.contains(force));
    assertRecovered(data, lines);
  }

  @Test
  @DisplayName("a full file system")
  void noSpaceLeft() throws Exception {
    Path data = mounted("tmpfs", "-t", "tmpfs", "-o", "size=3m", "tmpfs");

    List<String> lines = written(List.of(), data, Integer.MAX_VALUE, () -> {});

    assertRefused(lines, "kind=FULL", "No space left on device");
    assertThat(run("mount", "-o", "remount,size=16m", data.toString())).isZero();
    assertRecovered(data, lines);
  }

  @Test
  @DisplayName("a file system that is shut down without its journal: unsynced data vanishes")
  void lostJournal() throws Exception {
    assumeCommand("perl", "-v");
    Path image = folder.resolve("image");
    assumeCommand("truncate", "-s", "64M", image.toString());
    assumeCommand("mkfs.ext4", "-q", "-F", image.toString());
    Path data = mounted("ext4 on a loop device", "-o", "loop", image.toString());
    Path log = Files.createDirectory(data.resolve("log"));

    List<String> lines =
        written(
            List.of(),
            log,
            WRITES_BEFORE_SHUTDOWN,
            () -> assertThat(run("perl", "-e", SHUT_DOWN, data.toString())).isZero());

    assertRefused(lines, "kind=IO");
    assertThat(durable(lines)).isGreaterThanOrEqualTo(WRITES_BEFORE_SHUTDOWN);
    assertThat(run("umount", data.toString())).isZero();
    assertThat(run("mount", "-o", "loop", image.toString(), data.toString())).isZero();
    assertRecovered(log, lines);
  }

  /** The calls of the thread whose call failed. */
  private static List<String> traceOfFailure(Path traces) throws IOException {
    try (var files = Files.list(traces)) {
      for (Path file : files.toList()) {
        List<String> calls = Files.readAllLines(file);
        if (calls.stream().anyMatch(call -> call.contains("INJECTED"))) {
          return calls;
        }
      }
    }
    throw new AssertionError("no call has failed");
  }

  private static void assertRefused(List<String> lines, String... reason) {
    assertThat(lines).as("output of the writer").contains(FaultedWriter.REFUSED);
    String failure = lines.get(indexOf(lines, FaultedWriter.FAILED));
    assertThat(failure).contains(reason);
  }

  /** All that was acknowledged is there again, and nothing that was never written. */
  private static void assertRecovered(Path data, List<String> lines) throws IOException {
    try (var log =
        NodeLog.open(
            RealDisk.at(data),
            KilledWriter.SETTINGS,
            Runnable::run,
            Runnable::run,
            new Random(1))) {
      assertThat(log.damagedGroups()).isEmpty();
      GroupLog group = log.group(FaultedWriter.GROUP);
      assertThat(group.last().index()).isGreaterThanOrEqualTo(durable(lines));
      var read = new CompletableFuture<GroupLog.ReadResult>();
      group.read(1, group.last().index(), read::complete);
      List<Entry> expected =
          LongStream.rangeClosed(1, group.last().index()).mapToObj(KilledWriter::entry).toList();
      assertThat(read.join()).isEqualTo(new GroupLog.ReadResult.Entries(expected));
    }
  }

  private static long durable(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(FaultedWriter.DURABLE))
        .mapToLong(line -> Long.parseLong(line.substring(FaultedWriter.DURABLE.length())))
        .max()
        .orElse(0);
  }

  private static int indexOf(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError("no \"" + part + "\" in " + lines);
  }

  /** What the writer prints; after so many lines the fault is made. */
  private List<String> written(List<String> prefix, Path data, int linesBefore, Fault fault)
      throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(FaultedWriter.class.getName());
    command.add(data.toString());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (lines.size() == linesBefore) {
          fault.make();
        }
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the writer has ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return lines;
  }

  private interface Fault {
    void make() throws Exception;
  }

  private Path mounted(String what, String... arguments) throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    command.add(mount.toString());
    assumeTrue(run(command.toArray(String[]::new)) == 0, what + " can't be mounted here");
    mounts.add(mount);
    return mount;
  }

  private static void assumeCommand(String... command) throws Exception {
    assumeTrue(run(command) == 0, String.join(" ", command) + " does not work here");
  }

  /** The command's exit code, or 127 if there is no such command. */
  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(new File("/dev/null"))
          .start()
          .waitFor();
    } catch (IOException e) {
      return 127;
    }
  }
}
