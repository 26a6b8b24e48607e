package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.Sim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
@DisplayName("A seed")
class OtherProcessTest {

  private static final List<String> ARGUMENTS =
      List.of("--seeds", "3", "--from", "900", "--nodes", "5", "--seconds", "15", "--each");

  /** What the other process runs. */
  static final class Main {

    private Main() {}

    public static void main(String[] arguments) {
      System.exit(Sim.run(List.of(arguments), System.out));
    }
  }

  @Test
  @DisplayName("gives the same trace in another process, whose hashes, set orders and start differ")
  void sameTraceElsewhere() throws IOException {
    assertThat(elsewhere()).hasSize(3).isEqualTo(here());
  }

  private static List<String> here() {
    var out = new ByteArrayOutputStream();
    Sim.run(ARGUMENTS, new PrintStream(out, true, StandardCharsets.UTF_8));
    return traces(out.toString(StandardCharsets.UTF_8));
  }

  private static List<String> elsewhere() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(ARGUMENTS);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      return traces(new String(output.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> traces(String output) {
    return output.lines().filter(line -> line.startsWith("seed ")).toList();
  }
}
