package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Kinds of entries, outcomes, reads, identities, invariants")
class VocabularyTest {

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  @DisplayName("a kind's code leads back to it")
  void kindsHaveCodes(EntryKind kind) {
    assertThat(EntryKind.of(kind.code())).isSameAs(kind);
  }

  @Test
  @DisplayName("the codes are part of the disk and wire formats, and never change")
  void codesAreFixed() {
    assertThat(EntryKind.NO_OP.code()).isEqualTo((byte) 0);
    assertThat(EntryKind.COMMAND.code()).isEqualTo((byte) 1);
    assertThat(EntryKind.CONFIGURATION.code()).isEqualTo((byte) 2);
    assertThat(EntryKind.OPEN_SESSION.code()).isEqualTo((byte) 3);
    assertThat(EntryKind.CLOSE_SESSIONS.code()).isEqualTo((byte) 4);
    assertThat(EntryKind.WITNESSED.code()).isEqualTo((byte) 5);
  }

  @ParameterizedTest
  @ValueSource(bytes = {-128, -1, 6, 127})
  @DisplayName("an unknown code is refused by name")
  void unknownCodes(byte code) {
    assertThatThrownBy(() -> EntryKind.of(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown entry kind " + code);
  }

  @Test
  @DisplayName("ok, rejected and unknown are three outcomes that can't be taken for each other")
  void outcomes() {
    Outcome<Long> ok = new Outcome.Ok<>(5L, 7);
    Outcome<Long> rejected = new Outcome.Rejected<>(Outcome.Reason.BUSY, "later");
    Outcome<Long> unknown = new Outcome.Unknown<>("the leader is gone");

    assertThat(ok).isNotEqualTo(rejected).isNotEqualTo(unknown);
    assertThat(rejected).isNotEqualTo(unknown);
    assertThat(ok).isEqualTo(new Outcome.Ok<>(5L, 7));
  }

  @Test
  @DisplayName("reads: linearizable, at least an index, lagging, stale; nothing is negative")
  void reads() {
    assertThat(Read.linearizable()).isSameAs(Read.linearizable()).isNotEqualTo(Read.stale());
    assertThat(Read.stale()).isSameAs(Read.stale());
    assertThat(Read.atLeast(3)).isEqualTo(new Read.AtLeast(3));
    assertThat(Read.atLeast(0)).isNotEqualTo(Read.atLeast(1));
    assertThatThrownBy(() -> Read.atLeast(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Read.bounded(Duration.ofMillis(5)))
        .isEqualTo(new Read.Bounded(Duration.ofMillis(5)));
    assertThatThrownBy(() -> Read.bounded(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Read.bounded(Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName(
      "stores: the same seed makes the same identity, text leads back to it, order is fixed")
  void stores() {
    var store = StoreId.random(new Random(1));

    assertThat(StoreId.random(new Random(1))).isEqualTo(store);
    assertThat(StoreId.parse(store.uuid().toString())).isEqualTo(store);
    assertThat(store).hasToString(store.uuid().toString());
    assertThat(StoreId.of(3)).hasToString("s3").isGreaterThan(StoreId.of(2));
    String text = store.uuid().toString();
    for (String other :
        List.of("", "s3", "1-1-1-1-1", "1---1", text + " ", text.toUpperCase(Locale.ROOT))) {
      assertThatThrownBy(() -> StoreId.parse(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a store's id is a UUID in lower case, but got");
    }
  }

  @Test
  @DisplayName("a broken invariant is an error with its values in the text; a kept one is silent")
  void invariants() {
    Invariants.check(true, "not %s", "said");
    Invariants.check(true, "not said %s", 1);

    assertThatThrownBy(() -> Invariants.check(false, "%s is above %s", 3, 2))
        .isInstanceOf(InvariantViolation.class)
        .isInstanceOf(Error.class)
        .hasMessage("3 is above 2");
    assertThatThrownBy(() -> Invariants.check(false, "%s is odd", 3L)).hasMessage("3 is odd");
  }
}
