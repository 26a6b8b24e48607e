package dev.synod.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What people write")
class ChatTextTest {

  @Test
  @DisplayName("loses the space around it, and nothing else")
  void isTrimmed() {
    assertThat(ChatText.author("  ann \t")).isEqualTo("ann");
    assertThat(ChatText.text(" <b>1 & 2</b> ")).isEqualTo("<b>1 & 2</b>");
    assertThat(ChatText.text("grüße, 世界 👋🏽 مرحبا")).isEqualTo("grüße, 世界 👋🏽 مرحبا");
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"", "   ", "\t\n", "\u2003"})
  @DisplayName("is not empty")
  void isNotEmpty(String blank) {
    assertThatThrownBy(() -> ChatText.author(blank)).hasMessage("The name is empty.");
    assertThatThrownBy(() -> ChatText.text(blank)).hasMessage("The message is empty.");
  }

  @Test
  @DisplayName("is bounded, counted in characters and not in halves of them")
  void isBounded() {
    assertThat(ChatText.author("n".repeat(40))).hasSize(40);
    assertThat(ChatText.text("👋".repeat(500))).hasSize(1_000);
    assertThatThrownBy(() -> ChatText.author("n".repeat(41)))
        .hasMessage("The name is too long: 41 characters, at most 40 are allowed.");
    assertThatThrownBy(() -> ChatText.text("👋".repeat(501)))
        .hasMessage("The message is too long: 501 characters, at most 500 are allowed.");
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001b[2Jb", "a\u202eb", "a\u2028b", "a\ud800b"})
  @DisplayName("has no control characters, line ends, turned directions or half characters")
  void hasNoControls(String text) {
    assertThatThrownBy(() -> ChatText.text(text))
        .hasMessageStartingWith("The message has a character that is not text (U+");
  }

  @Test
  @DisplayName("has an id of letters, digits, '-' and '_'")
  void hasAnId() {
    assertThat(ChatText.id("0b-1_Z")).isEqualTo("0b-1_Z");
    assertThatThrownBy(() -> ChatText.id("a b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChatText.id("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChatText.id("a".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
