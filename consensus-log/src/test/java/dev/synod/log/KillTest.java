package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Entry;
import dev.synod.log.disk.RealDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child process appends as fast as it can and tells what was reported durable; it is killed
 * (SIGKILL) at a random moment, again and again on the same directory. {@code
 * -Dsynod.kill.rounds=N} sets how often.
 */
@Tag("process")
@DisplayName("Killed at a random moment, a process finds every acknowledged record again")
class KillTest {

  private static final int ROUNDS = Integer.getInteger("synod.kill.rounds", 40);
  private static final long SEED = Long.getLong("synod.kill.seed", 1);

  private static final int MINUTE_MILLIS = 60_000;

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private long acknowledged;
  private long acknowledgedBase;

  @Test
  @DisplayName("and nothing that it never wrote")
  void everyAcknowledgedRecordIsBack() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      // Through its handle: the process itself would close the stream with what was acknowledged.
      Process child = start();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
        assertThat(lines.readLine()).as("round %d", round).startsWith("ready");
        killWithin(MINUTE_MILLIS, child);
        if (round % 2 == 0) { // else, on a slow disk, nothing might ever be acknowledged
          noteSome(lines);
        }
        killWithin(random.nextInt(60), child);
        lines.lines().forEach(this::note);
        child.waitFor();
      }
      verify(round);
    }
    assertThat(acknowledged).as("entries acknowledged in all rounds").isGreaterThan(ROUNDS);
  }

  private static void killWithin(int millis, Process child) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
        .execute(child.toHandle()::destroyForcibly);
  }

  /** At least as many entries as two rounds are to have. */
  private void noteSome(BufferedReader lines) throws IOException {
    long enough = acknowledged + 3;
    String line = lines.readLine();
    while (line != null) {
      note(line);
      line = acknowledged < enough ? lines.readLine() : null;
    }
  }

  /** A line that was cut by the kill says nothing. */
  private void note(String line) {
    String[] words = line.split(" ");
    if (words.length == 3 && words[2].equals(".")) {
      acknowledgedBase = Math.max(acknowledgedBase, Long.parseLong(words[0]));
      acknowledged = Math.max(acknowledged, Long.parseLong(words[1]));
    }
  }

  private void verify(int round) throws IOException {
    try (var log =
        NodeLog.open(
            RealDisk.at(directory), KilledWriter.SETTINGS, Runnable::run, Runnable::run, random)) {
      assertThat(log.damagedGroups()).as("round %d", round).isEmpty();
      GroupLog group = log.group(KilledWriter.GROUP);
      assertThat(group.last().index()).as("round %d", round).isGreaterThanOrEqualTo(acknowledged);
      assertThat(group.base().index())
          .as("round %d", round)
          .isBetween(acknowledgedBase, group.last().index());
      var result = new CompletableFuture<GroupLog.ReadResult>();
      group.read(group.base().index() + 1, group.last().index(), result::complete);
      List<Entry> expected =
          java.util.stream.LongStream.rangeClosed(group.base().index() + 1, group.last().index())
              .mapToObj(KilledWriter::entry)
              .toList();
      assertThat(result.join()).isEqualTo(new GroupLog.ReadResult.Entries(expected));
    }
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
