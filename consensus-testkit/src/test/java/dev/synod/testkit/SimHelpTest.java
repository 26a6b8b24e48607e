package dev.synod.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The command that simulates")
class SimHelpTest {

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  @DisplayName("explains each of its options")
  void help() {
    assertThat(run("--seeds", "3", "--help")).isZero();

    assertThat(Sim.OPTIONS)
        .allSatisfy(option -> assertThat(told.toString(UTF_8)).contains("  --" + option + " "));
  }

  @Test
  @DisplayName("refuses an option that it does not know, and says where they are explained")
  void unknown() {
    assertThat(run("--seed", "3")).isEqualTo(2);

    assertThat(told.toString(UTF_8)).contains("--seed").contains("--help");
  }

  private int run(String... arguments) {
    return Sim.run(List.of(arguments), new PrintStream(told, true, UTF_8));
  }
}
