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
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("process")
@DisplayName("A seed")
class OtherProcessTest {

  private static final List<String> THREE =
      List.of("--seeds", "3", "--from", "900", "--nodes", "5", "--seconds", "15", "--each");

  /** In it a leader with two snapshots under way steps down. */
  private static final List<String> SNAPSHOTS =
      List.of(
          "--from",
          "25",
          "--seeds",
          "1",
          "--nodes",
          "5",
          "--seconds",
          "40",
          "--each",
          "--heartbeat-ms",
          "100",
          "--election-ms",
          "1000");

  static Stream<List<String>> arguments() {
    return Stream.of(THREE, SNAPSHOTS);
  }

  /** What the other process runs. */
  static final class Main {

    private Main() {}

    public static void main(String[] arguments) {
      System.exit(Sim.run(List.of(arguments), System.out));
    }
  }

  @ParameterizedTest
  @MethodSource("arguments")
  @DisplayName("gives the same trace in another process, whose hashes, set orders and start differ")
  void sameTraceElsewhere(List<String> arguments) throws IOException {
    assertThat(elsewhere(arguments)).isNotEmpty().isEqualTo(here(arguments));
  }

  private static List<String> here(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    Sim.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return traces(out.toString(StandardCharsets.UTF_8));
  }

  private static List<String> elsewhere(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      return traces(new String(output.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> traces(String output) {
    return output.lines().filter(line -> line.startsWith("seed ")).toList();
  }
}
