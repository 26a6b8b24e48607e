package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names of groups")
class GroupIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "counter", "Account-42", "a.b_c-d", "a..b"})
  @DisplayName("letters, digits, dots, dashes and underscores make a name")
  void goodNames(String name) {
    assertThat(new GroupId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "-a",
        "_a",
        ".a",
        "a/b",
        "../a",
        "a\\b",
        "a b",
        "a\n",
        "a\u0000b",
        "ä",
        "a\u200b",
        "а",
        "a:b",
        "a*",
        "$a",
        "a%2fb",
        "\ud83d\ude00"
      })
  @DisplayName("what could leave a folder, hide, or look like another name is refused")
  void hostileNames(String name) {
    assertThatThrownBy(() -> new GroupId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a group's name is 1 to 127");
  }

  @Test
  @DisplayName("127 characters fit, 128 don't, and a huge name is not repeated in the message")
  void lengthIsBounded() {
    assertThat(new GroupId("a".repeat(127)).name()).hasSize(127);
    assertThatThrownBy(() -> new GroupId("a".repeat(128)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GroupId("a".repeat(1_000_000)))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
  }

  @Test
  @DisplayName("groups sort by name")
  void sortsByName() {
    assertThat(new GroupId("a")).isLessThan(new GroupId("b"));
  }
}
