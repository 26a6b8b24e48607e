package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The window of replies to one client")
class ReplyWindowTest {

  private static final int SIZE = 40;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("holds what a map would hold")
  void asAMap(long seed) {
    var random = new Random(seed);
    var window = new ReplyWindow<Long>(SIZE);
    var map = new TreeMap<Long, Long>();
    long from = 1;
    for (int step = 0; step < 2_000; step++) {
      long number = from + random.nextInt(SIZE);
      if (random.nextInt(3) == 0) {
        from += random.nextInt(random.nextInt(20) == 0 ? 200 : 5);
        window.forgetBelow(from);
        map.headMap(from).clear();
      } else {
        window.put(number, number * 3);
        map.put(number, number * 3);
      }
      assertThat(window.from()).isEqualTo(from);
      assertThat(window.replies()).isEqualTo(map);
      long asked = from + random.nextInt(2 * SIZE);
      assertThat(window.get(asked)).isEqualTo(map.get(asked));
    }
  }

  @Test
  @DisplayName("reaches over so many numbers and takes none beyond")
  void bounded() {
    var window = new ReplyWindow<String>(3);

    assertThat(window.reaches(3)).isTrue();
    assertThat(window.reaches(4)).isFalse();
    assertThatThrownBy(() -> window.put(4, "four")).isInstanceOf(InvariantViolation.class);
    window.forgetBelow(2);
    window.put(4, "four");

    assertThat(window.get(4)).isEqualTo("four");
    assertThatThrownBy(() -> window.put(1, "one")).isInstanceOf(InvariantViolation.class);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }
}
