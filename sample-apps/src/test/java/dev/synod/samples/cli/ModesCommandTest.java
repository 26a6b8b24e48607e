package dev.synod.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.samples.modes.Notes;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@DisplayName("A command that shows what is promised")
class ModesCommandTest {

  private final StringWriter out = new StringWriter();

  @Command(name = "one-and-one")
  private static final class OneAndOne extends ModesCommand {
    private final int claimed;

    OneAndOne(int claimed) {
      this.claimed = claimed;
    }

    @Override
    void play(Notes notes) {
      notes.expect("nothing and nothing", 0, 0);
      notes.expect("one and one", claimed, 1 + 1);
    }
  }

  private int run(int claimed) {
    return new CommandLine(new OneAndOne(claimed)).setOut(new PrintWriter(out, true)).execute();
  }

  @Test
  @DisplayName("ends with 0 if all was as expected")
  void kept() {
    assertThat(run(2)).isZero();
    assertThat(out.toString()).contains("ok      one and one: 2", "2 of 2 were as expected");
  }

  @Test
  @DisplayName("ends with 1 if anything was not, and says what")
  void broken() {
    assertThat(run(3)).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED  one and one: expected 3, saw 2", "1 of 2 were as expected");
  }
}
