package dev.synod.testkit.lab.pause;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same with a real process and SIGSTOP: the test grants the leases and is the storage, and
 * talks to the holder by lines.
 */
@Tag("process")
@DisplayName("A process that is stopped by a signal between its look and its write")
class StoppedProcessTest {

  private static final int STATE = 2;

  /** The holder: looks at its lease, says so, and writes on the next line that it reads. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) {
      try (var in = new Scanner(System.in, US_ASCII)) {
        long token = in.nextLong();
        long until = System.nanoTime() + LeaseServer.TTL.toNanos();
        if (System.nanoTime() < until) {
          System.out.println("looked");
          in.next();
          System.out.println(token);
        }
      }
    }
  }

  @Test
  @DisplayName("goes on later as if nothing had been, and is refused")
  void lateWriteIsRefused() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "tells by /proc who is stopped");
    var storage = new Storage(true);
    var holder = start();
    try (var lines = new BufferedReader(new InputStreamReader(holder.getInputStream(), US_ASCII));
        var told = new PrintStream(holder.getOutputStream(), true, US_ASCII)) {
      told.println(33);
      assertThat(lines.readLine()).isEqualTo("looked");

      signal(holder, "STOP");
      awaitStopped(holder);
      told.println("go");
      storage.write("successor", 34);
      assertThat(lines.ready()).as("the stopped process has written").isFalse();
      signal(holder, "CONT");

      storage.write("stopped", Long.parseLong(lines.readLine()));
    } finally {
      holder.destroyForcibly().waitFor();
    }

    assertThat(storage.accepted()).containsExactly("successor");
    assertThat(storage.refused()).containsExactly("stopped");
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  /** The signal arrives soon after it was sent. */
  private static void awaitStopped(Process process) throws IOException {
    var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    while (!Files.readString(stat, US_ASCII).split(" ", -1)[STATE].equals("T")) {
      Thread.onSpinWait();
    }
  }
}
