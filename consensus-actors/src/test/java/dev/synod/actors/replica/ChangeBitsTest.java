package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Which entries were changes")
class ChangeBitsTest {

  private static final int REMEMBERED = ChangeBits.KEPT;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("is remembered as a map of all would, back to the floor, through snapshots too")
  void asAMap(long seed) {
    var random = new Random(seed);
    var map = new TreeMap<Long, Boolean>();
    var bits = new ChangeBits(REMEMBERED);

    long last = 0;
    for (int step = 0; step < 40; step++) {
      int count = random.nextInt(3000);
      for (int i = 0; i < count; i++) {
        boolean isChange = random.nextInt(3) > 0;
        bits.add(++last, isChange);
        map.put(last, isChange);
      }
      if (last > 0 && random.nextInt(4) == 0) {
        var kept = bits.newest();
        bits = new ChangeBits(REMEMBERED);
        bits.restore(last, kept);
      }

      assertThat(bits.floor()).isBetween(0L, Math.max(0, last - REMEMBERED));
      for (long index = bits.floor() + 1; index <= last; index++) {
        assertThat(bits.isChange(index)).isEqualTo(map.get(index));
      }
    }
    assertThat(last).isGreaterThan(2 * REMEMBERED);
  }

  @Test
  @DisplayName("is kept alike by who saw all and by who began with a snapshot")
  void keptAlike() {
    var old = new ChangeBits(10 * REMEMBERED);
    for (long index = 1; index <= 20_000; index++) {
      old.add(index, index % 7 == 0);
    }
    var young = new ChangeBits(REMEMBERED);
    young.restore(20_000, old.newest());
    for (long index = 20_001; index <= 20_100; index++) {
      old.add(index, index % 7 == 0);
      young.add(index, index % 7 == 0);
    }

    assertThat(young.newest()).isEqualTo(old.newest());
    assertThat(young.floor()).isGreaterThan(old.floor());
  }

  @Test
  @DisplayName("can't be taken from bytes of another length")
  void otherLength() {
    assertThatThrownBy(() -> ChangeBits.requireKept(100, Bytes.wrap(new byte[8])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up to 100")
        .hasMessageContaining("16");
  }
}
