package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Terms and positions in a log")
class LogPositionTest {

  @Test
  @DisplayName("up-to-date is decided by the later term, then by the longer log (Raft §5.4.1)")
  void upToDateOrder() {
    for (long term = 0; term < 4; term++) {
      for (long index = 0; index < 4; index++) {
        for (long otherTerm = 0; otherTerm < 4; otherTerm++) {
          for (long otherIndex = 0; otherIndex < 4; otherIndex++) {
            boolean expected = term > otherTerm || (term == otherTerm && index >= otherIndex);

            assertThat(at(index, term).isAtLeastAsUpToDateAs(at(otherIndex, otherTerm)))
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("the order is total and agrees with equality")
  void orderIsTotal() {
    assertThat(at(3, 2)).isLessThan(at(1, 3)).isGreaterThan(at(2, 2));
    assertThat(at(3, 2)).isEqualByComparingTo(at(3, 2)).hasToString("3@t2");
  }

  @Test
  @DisplayName("a term or an index is never negative")
  void neverNegative() {
    assertThatThrownBy(() -> new Term(-1)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> at(-1, 0)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("terms rise by one, and never wrap around")
  void termsRise() {
    assertThat(new Term(4).next()).isEqualTo(new Term(5)).isGreaterThan(new Term(4));
    assertThat(new Term(5).isAfter(new Term(5))).isFalse();
    assertThatThrownBy(() -> new Term(Long.MAX_VALUE).next())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  @DisplayName("an entry stands at its index, written by its term")
  void entriesHaveAPosition() {
    assertThat(new Entry(3, new Term(2), EntryKind.NO_OP, Bytes.EMPTY).position())
        .isEqualTo(at(3, 2));
  }

  private static LogPosition at(long index, long term) {
    return new LogPosition(index, new Term(term));
  }
}
