package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisplayName("The command that simulates")
class SimFailureTest {

  private static final String AGAIN = "again: ./synod sim ";

  @TempDir private Path folder;

  private record Said(int code, String text) {

    String line(String beginning) {
      return text.lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
    }
  }

  private static Said sim(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    int code = Sim.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Said(code, out.toString(StandardCharsets.UTF_8));
  }

  private List<String> oldDisk(String... more) throws IOException {
    var schedule =
        Files.writeString(
            folder.resolve("old.faults"),
            """
            at 2s for 0.5s partition n1 | n2,n3
            at 3s for 4s old-disk n3
            at 4s for 1s slow-disk n1 0.05s
            """);
    var arguments =
        new ArrayList<>(
            List.of("--seeds", "1", "--from", "5", "--nodes", "3", "--profile", "calm"));
    arguments.addAll(List.of("--seconds", "12", "--schedule", schedule.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  @DisplayName("tells a failure in few faults, with a command that breaks the same, and a picture")
  void failure() throws IOException {
    var picture = folder.resolve("pictures/old.html");

    var said = sim(oldDisk("--picture", picture.toString()));

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("commit ", "shrinking: after ", "old-disk n3");
    assertThat(said.line("shrunk from 3 to 1 faults")).contains("durable: n3 ");
    assertThat(Files.readString(picture)).contains("durable is broken", "old-disk n3");

    var command = said.line(AGAIN).substring(AGAIN.length());
    var again = sim(List.of((command + " --shrink-seconds 0").split(" ")));

    assertThat(again.code()).isEqualTo(1);
    var broken = said.line("shrunk from 3 to 1 faults").split(": ", 2)[1];
    assertThat(again.line("seed 5: ")).contains(broken);
  }

  @Test
  @DisplayName("draws a run that is well, if asked for")
  void pictureOfAllIsWell() {
    var picture = folder.resolve("well.html");

    var said =
        sim(
            List.of(
                "--seeds",
                "1",
                "--nodes",
                "3",
                "--profile",
                "calm",
                "--seconds",
                "2",
                "--picture",
                picture.toString()));

    assertThat(said.code()).isZero();
    assertThat(picture).content().contains("No invariant was broken.", "AppendEntries");
  }

  @Test
  @DisplayName("refuses a schedule that is not there, or makes no sense")
  void refuses() throws IOException {
    var nonsense = Files.writeString(folder.resolve("x"), "at noon");

    assertThat(sim(List.of("--schedule", folder.resolve("none").toString())).code()).isEqualTo(2);
    assertThat(sim(List.of("--schedule", nonsense.toString())).text()).contains("line 1: ");
    assertThat(sim(List.of("--seconds", "soon")).code()).isEqualTo(2);
  }
}
