package dev.synod.samples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("process")
@DisplayName("On three nodes, of which one is cut off for a while,")
class ModesTest {

  private final StringWriter out = new StringWriter();
  private final Notes notes = new Notes(new PrintWriter(out, true));

  @Test
  @Timeout(300)
  @DisplayName("each mode keeps its promises")
  void acts() {
    Modes.play(notes);

    assertThat(notes.expectations()).hasSizeGreaterThan(20).allMatch(Expectation::holds);
    for (int act = 1; act <= Modes.count(); act++) {
      assertThat(out.toString()).contains("Act " + act + ": ");
    }
  }

  @Test
  @Timeout(120)
  @DisplayName("consensus refuses on the small site what merging takes")
  void cap() {
    Modes.playCap(notes);

    assertThat(notes.expectations()).hasSizeGreaterThan(4).allMatch(Expectation::holds);
    assertThat(out.toString()).contains("by consensus", "by merging");
  }
}
