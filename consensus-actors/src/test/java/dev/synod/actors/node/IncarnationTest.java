package dev.synod.actors.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An incarnation")
class IncarnationTest {

  private static final Incarnation FIRST = Incarnation.founded(0x123456789abcdef0L);

  @Test
  @DisplayName("that was forced supersedes those before it, and no other")
  void supersedes() {
    var second = FIRST.forced(7);
    var third = second.forced(7);

    assertThat(second.supersedes(FIRST)).isTrue();
    assertThat(third.supersedes(FIRST)).isTrue();
    assertThat(third.supersedes(second)).isTrue();
    assertThat(FIRST.supersedes(second)).isFalse();
    assertThat(second.supersedes(second)).isFalse();
    assertThat(second.supersedes(Incarnation.founded(0x7654321L << 32))).isFalse();
  }

  @Test
  @DisplayName("that was forced on two stores by mistake is two")
  void branches() {
    var one = FIRST.forced(7);
    var other = FIRST.forced(-8);

    assertThat(one).isNotEqualTo(other);
    assertThat(one.supersedes(other)).isFalse();
    assertThat(other.supersedes(one)).isFalse();
    assertThat(one.isRelatedTo(other)).isTrue();
  }

  @Test
  @DisplayName("is forced a bounded number of times")
  void bounded() {
    var incarnation = FIRST;
    for (int i = 1; i <= 255; i++) {
      incarnation = incarnation.forced(i);
      assertThat(incarnation.generation()).isEqualTo(i);
    }
    var last = incarnation;

    assertThatThrownBy(() -> last.forced(1)).hasMessageContaining("restore a backup");
  }
}
