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

  @Test
  @DisplayName("refuses a group in which nobody could lead, or of which nothing is left")
  void nobodyLeads() {
    assertThat(run("--protocol", "zab", "--nodes", "5", "--observers", "5")).isEqualTo(2);
    assertThat(run("--nodes", "3", "--witnesses", "3")).isEqualTo(2);
    assertThat(run("--nodes", "0")).isEqualTo(2);

    assertThat(told.toString(UTF_8)).contains("5 observe").contains("3 are witnesses");
  }

  private int run(String... arguments) {
    return Sim.run(List.of(arguments), new PrintStream(told, true, UTF_8));
  }
}
