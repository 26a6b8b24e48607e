package dev.synod.ddata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.GCounter;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Imported counts")
class ImportedCountsTest {

  private static final ReplicaId ME = new ReplicaId(1);

  private static GCounter imported(GCounter here, long total) {
    return here.merge(ImportedCounts.gCounter(here, total));
  }

  private static PnCounter imported(PnCounter here, long value) {
    return here.merge(ImportedCounts.pnCounter(here, value));
  }

  @Test
  @DisplayName("are added once, and later what came on top")
  void difference() {
    var counter = imported(GCounter.ZERO, 7);
    counter = counter.merge(counter.increment(ME, 10));

    assertThat(ImportedCounts.gCounter(counter, 7)).isEqualTo(GCounter.ZERO);
    assertThat(imported(counter, 9).value()).isEqualTo(19);
    assertThat(imported(imported(counter, 9), 7).value()).isEqualTo(19);
  }

  @Test
  @DisplayName("follow a counter that goes up and down, below 0 too")
  void upAndDown() {
    var counter = imported(PnCounter.ZERO, 7);
    counter = counter.merge(counter.add(ME, -10));

    assertThat(ImportedCounts.pnCounter(counter, 7)).isEqualTo(PnCounter.ZERO);
    for (long value : List.of(9L, -4L, 0L, 0L, 3L)) {
      counter = imported(counter, value);
      assertThat(counter.value()).isEqualTo(value - 10);
    }
  }

  @Test
  @DisplayName("stay what they are when Distributed Data moves the share of a node that is gone")
  void pruned() {
    var one = Ddata.node(1);
    var two = Ddata.node(2);
    var before =
        org.apache.pekko.cluster.ddata.GCounter.create().increment(one, 5).increment(two, 3);
    var after = before.prune(one.uniqueAddress(), two.uniqueAddress());
    assertThat(after).isNotEqualTo(before);

    var counter = imported(GCounter.ZERO, before.getValue().longValueExact());

    assertThat(imported(counter, after.getValue().longValueExact()).value()).isEqualTo(8);
  }

  @Test
  @DisplayName("are right in the end, whoever imported what before without knowing of the others")
  void anywhere() {
    for (long seed = 1; seed <= 2000; seed++) {
      var random = new Random(seed);
      var replicas = new ArrayList<>(List.of(PnCounter.ZERO, PnCounter.ZERO, PnCounter.ZERO));
      long ours = 0;
      for (int step = 0; step < 30; step++) {
        int at = random.nextInt(3);
        var here = replicas.get(at);
        switch (random.nextInt(3)) {
          case 0 -> replicas.set(at, imported(here, random.nextInt(21) - 10));
          case 1 -> replicas.set(at, here.merge(replicas.get(random.nextInt(3))));
          default -> {
            int amount = random.nextInt(21) - 10;
            ours += amount;
            replicas.set(at, here.merge(here.add(new ReplicaId(at), amount)));
          }
        }
      }
      long last = random.nextInt(21) - 10;
      replicas.replaceAll(here -> imported(here, last)); // all read the same now

      var all = replicas.get(0).merge(replicas.get(1)).merge(replicas.get(2));

      assertThat(all.value()).as("seed %d", seed).isEqualTo(last + ours);
    }
  }

  @Test
  @DisplayName("are refused if they are more than a counter holds")
  void tooMany() {
    assertThatThrownBy(() -> ImportedCounts.gCounter(GCounter.ZERO, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counter is from 1 to");
    assertThatThrownBy(() -> ImportedCounts.pnCounter(PnCounter.ZERO, Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
