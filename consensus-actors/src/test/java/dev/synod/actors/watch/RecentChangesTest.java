package dev.synod.actors.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The newest changes")
class RecentChangesTest {

  private static final int COUNT_MAX = 10;
  private static final int BYTES_MAX = 100;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("are those that a list of all has behind an index, as many as the bounds allow")
  void asAList(long seed) {
    var random = new Random(seed);
    var all = new ArrayList<Changed>();
    var recent = new RecentChanges(COUNT_MAX, BYTES_MAX);

    long index = 0;
    for (int step = 0; step < 200; step++) {
      var batch = new ArrayList<Changed>();
      for (int i = random.nextInt(4); i > 0; i--) {
        index += 1 + random.nextInt(3);
        batch.add(new Changed(index, Bytes.wrap(new byte[random.nextInt(60)])));
      }
      index += random.nextInt(2);
      all.addAll(batch);
      recent.add(batch, index);

      assertThat(recent.upTo()).isEqualTo(index);
      long from = recent.from();
      for (long after = from; after <= index; after++) {
        assertThat(recent.after(after)).isEqualTo(behind(all, after));
      }
      assertThat(behind(all, from)).hasSizeLessThanOrEqualTo(COUNT_MAX);
      assertThat(bytes(behind(all, from))).isLessThanOrEqualTo(BYTES_MAX);
      if (from > 0) {
        var more = behind(all, from - 1);
        assertThat(more.size() > COUNT_MAX || bytes(more) > BYTES_MAX).isTrue();
      }
    }
  }

  private static List<Changed> behind(List<Changed> all, long index) {
    return all.stream().filter(change -> change.index() > index).toList();
  }

  private static int bytes(List<Changed> changes) {
    return changes.stream().mapToInt(change -> change.payload().length()).sum();
  }
}
