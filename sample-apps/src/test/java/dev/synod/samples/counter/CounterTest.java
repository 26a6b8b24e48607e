package dev.synod.samples.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.samples.node.InMemoryGroups.At;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The counter")
class CounterTest {

  private final Counter counter = new Counter();

  @Test
  @DisplayName("adds, and answers the new value")
  void adds() {
    assertThat(counter.apply(new Counter.Add(5), new At(1))).isEqualTo(5);
    assertThat(counter.apply(new Counter.Add(-2), new At(2))).isEqualTo(3);
    assertThat(counter.query(new Counter.Get())).isEqualTo(3);
  }

  @Test
  @DisplayName("goes on from a snapshot of another")
  void restores() {
    counter.apply(new Counter.Add(5), new At(1));
    var other = new Counter();

    other.restore(counter.snapshot());

    assertThat(other.apply(new Counter.Add(1), new At(2))).isEqualTo(6);
  }

  @Test
  @DisplayName("refuses to overflow, and is then as it was")
  void refusesOverflow() {
    counter.apply(new Counter.Add(Long.MAX_VALUE), new At(1));

    assertThatThrownBy(() -> counter.apply(new Counter.Add(1), new At(2)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(counter.query(new Counter.Get())).isEqualTo(Long.MAX_VALUE);
  }
}
