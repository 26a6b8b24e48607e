package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A ring of slots")
class SlotRingTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("is a map of slots whose lowest are forgotten")
  void isMap(long seed) {
    var random = new Random(seed);
    var ring = new SlotRing<String>();
    var map = new TreeMap<Long, String>();
    long first = random.nextBoolean() ? 1 : 1L << 40;
    ring.forget(first - 1);

    for (int step = 0; step < 5_000; step++) {
      long slot = first + random.nextInt(random.nextInt(10) == 0 ? 500 : 20);
      switch (random.nextInt(6)) {
        case 0 -> {
          first = slot;
          ring.forget(slot - 1);
          map.headMap(slot).clear();
        }
        case 1 -> {
          ring.remove(slot);
          map.remove(slot);
        }
        default -> {
          ring.put(slot, "thing " + step);
          map.put(slot, "thing " + step);
        }
      }
      assertThat(ring.first()).isEqualTo(first);
      assertThat(ring.last()).isGreaterThanOrEqualTo(map.isEmpty() ? 0 : map.lastKey());
      for (long any = first - 3; any < first + 510; any += 1 + random.nextInt(20)) {
        assertThat(ring.get(any).orElse("none")).isEqualTo(map.getOrDefault(any, "none"));
      }
    }
    var emptied = first + 1_000;
    ring.forget(emptied);
    assertThat(ring.last()).isZero();
    assertThatThrownBy(() -> ring.put(emptied, "late")).isInstanceOf(InvariantViolation.class);
  }
}
