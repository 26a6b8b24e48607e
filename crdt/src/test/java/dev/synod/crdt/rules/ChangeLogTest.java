package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica's last changes")
class ChangeLogTest {

  private static final ReplicaId ME = new ReplicaId(1);
  private static final Family<GCounter> FAMILY =
      new Family<>("", PlainCodecs.gCounter(), GCounter.ZERO);

  private static OwnChange<GCounter> change(String key, long number) {
    return OwnChange.of(
        key,
        FAMILY,
        GCounter.ZERO.increment(ME, number),
        VersionVector.of(ME, number - 1),
        CausalToken.NONE,
        0);
  }

  @Test
  @DisplayName("are those that a plain map would keep, whatever is dropped in between")
  void model() {
    for (long seed = 1; seed <= 30; seed++) {
      var random = new Random(seed);
      int kept = 1 + random.nextInt(200);
      var plain = new TreeMap<Long, OwnChange<?>>();
      var log = ChangeLog.EMPTY;
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(20) > 0) {
          var change = change("k", log.last() + 1);
          plain.put(log.last() + 1, change);
          log = log.with(change, kept);
          plain.headMap(log.last() - kept + 1).clear();
        } else {
          long begin = Math.max(1, log.last() + 1 - random.nextInt(150));
          log = log.from(begin);
          plain.headMap(begin).clear();
        }
        assertThat(log.first()).isEqualTo(plain.isEmpty() ? log.last() + 1 : plain.firstKey());
      }
      for (long number = 0; number <= log.last() + 40; number++) {
        var change = plain.get(number);
        assertThat(log.after(number))
            .isEqualTo(change == null ? VersionVector.EMPTY : change.after());
        assertThat(log.bytes(number) > 0).isEqualTo(change != null);
      }
    }
  }

  @Test
  @DisplayName("of an interval are one for each key, in the order of the last ones")
  void joined() {
    var log = ChangeLog.EMPTY;
    for (String key : new String[] {"a", "b", "a", "c"}) {
      log = log.with(change(key, log.last() + 1), 100);
    }

    var all = log.between(1, 4);

    assertThat(all.keySet()).containsExactly("b", "a", "c");
    assertThat(all.get("a").number()).isEqualTo(3);
    assertThat(all.get("a").change().encoded()).isEqualTo(change("a", 3).encoded());
    assertThat(log.from(3).between(1, 4).keySet()).containsExactly("a", "c");
  }
}
