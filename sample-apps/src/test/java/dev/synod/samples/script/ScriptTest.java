package dev.synod.samples.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A script")
class ScriptTest {

  @Test
  @DisplayName("says what to do, one step a line")
  void parses() {
    assertThat(steps("add 5", "add -3", "expect counter 2"))
        .containsExactly(new Step.Add(5), new Step.Add(-3), new Step.ExpectCounter(2));
    assertThat(steps("say ann hello  there", "expect chat \"hello  there\""))
        .containsExactly(new Step.Say("ann", "hello  there"), new Step.ExpectChat("hello  there"));
    assertThat(steps("kill n2", "kill leader", "kill leader of chat"))
        .containsExactly(
            new Step.Kill("n2"), new Step.KillLeader("counter"), new Step.KillLeader("chat"));
    assertThat(steps("restart n2", "restart killed"))
        .containsExactly(new Step.Restart("n2"), new Step.RestartKilled());
    assertThat(steps("wait leader", "wait nodes", "wait load", "wait 2 s"))
        .containsExactly(
            new Step.WaitLeader(),
            new Step.WaitNodes(),
            new Step.WaitLoad(),
            new Step.WaitTime(Duration.ofSeconds(2)));
    assertThat(steps("load 4 clients 5 s", "load 1 client 1 s", "verify"))
        .containsExactly(
            new Step.StartLoad(4, Duration.ofSeconds(5)),
            new Step.StartLoad(1, Duration.ofSeconds(1)),
            new Step.Verify());
  }

  @Test
  @DisplayName("may have empty lines and comments, and counts them")
  void skipsComments() {
    var script = Script.parse(List.of("# first", "", "  add   5  "));

    assertThat(script.lines()).containsExactly(new Script.Line(3, "add   5", new Step.Add(5)));
  }

  @Test
  @DisplayName("understands every form of line that it names")
  void formsAreUnderstood() {
    assertThat(Script.parse(Script.forms()).lines()).hasSameSizeAs(Script.forms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad 5", "add", "add five", "kill", "load 0 clients 5 s", "add 9000000"})
  @DisplayName("names the line that is wrong")
  void namesTheLine(String wrong) {
    assertThatThrownBy(() -> Script.parse(List.of("add 5", wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Line 2");
  }

  @Test
  @DisplayName("comes with Synod and kills the leader")
  void comesWithSynod() throws IOException {
    try (var stream =
        ScriptTest.class.getResourceAsStream("/dev/synod/samples/scripts/kill-leader.synod")) {
      var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();

      assertThat(Script.parse(lines).lines())
          .extracting(Script.Line::step)
          .contains(new Step.KillLeader("counter"), new Step.RestartKilled(), new Step.Verify());
    }
  }

  private static List<Step> steps(String... lines) {
    return Script.parse(List.of(lines)).lines().stream().map(Script.Line::step).toList();
  }
}
