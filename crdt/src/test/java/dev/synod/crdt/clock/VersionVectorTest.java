package dev.synod.crdt.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A version vector (CLK-02)")
class VersionVectorTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);

  private static VersionVector vector(long a, long b) {
    return VersionVector.of(A, a).merge(VersionVector.of(B, b));
  }

  @Test
  @DisplayName("is before, after, equal to or concurrent with another; equal is not before")
  void compares() {
    assertThat(vector(1, 2).compare(vector(2, 2))).isEqualTo(Causality.BEFORE);
    assertThat(vector(2, 2).compare(vector(1, 2))).isEqualTo(Causality.AFTER);
    assertThat(vector(2, 1).compare(vector(1, 2))).isEqualTo(Causality.CONCURRENT);
    assertThat(vector(1, 2).compare(vector(1, 2))).isEqualTo(Causality.EQUAL);
    assertThat(VersionVector.EMPTY.compare(VersionVector.EMPTY)).isEqualTo(Causality.EQUAL);
    assertThat(VersionVector.EMPTY.compare(vector(1, 0))).isEqualTo(Causality.BEFORE);
    assertThat(vector(1, 0).compare(vector(0, 1))).isEqualTo(Causality.CONCURRENT);
  }

  @Test
  @DisplayName("merges, grows and compares as a plain map of numbers does")
  void model() {
    for (long seed = 1; seed <= 2000; seed++) {
      var random = new Random(seed);
      var first = draw(random);
      var second = draw(random);
      var merged = new TreeMap<>(first);
      second.forEach((replica, counter) -> merged.merge(replica, counter, Math::max));
      var a = of(first);
      var b = of(second);

      assertThat(a.merge(b)).isEqualTo(of(merged)).hasSameHashCodeAs(of(merged));
      assertThat(b.merge(a)).isEqualTo(of(merged));
      boolean aKnows = merged.equals(first);
      boolean bKnows = merged.equals(second);
      assertThat(a.compare(b))
          .isEqualTo(
              aKnows
                  ? bKnows ? Causality.EQUAL : Causality.AFTER
                  : bKnows ? Causality.BEFORE : Causality.CONCURRENT);
      assertThat(b.isPartOf(a)).isEqualTo(aKnows);
      var replica = new ReplicaId(random.nextInt(6));
      assertThat(a.get(replica)).isEqualTo(first.getOrDefault(replica, 0L));
      assertThat(a.increment(replica).get(replica)).isEqualTo(a.get(replica) + 1);
      assertThat(a.contains(a.next(replica))).isFalse();
      assertThat(a.sum()).isEqualTo(first.values().stream().mapToLong(it -> it).sum());
    }
  }

  private static TreeMap<ReplicaId, Long> draw(Random random) {
    var numbers = new TreeMap<ReplicaId, Long>();
    for (int i = random.nextInt(5); i > 0; i--) {
      numbers.put(new ReplicaId(random.nextInt(6)), 1L + random.nextInt(3));
    }
    return numbers;
  }

  private static VersionVector of(TreeMap<ReplicaId, Long> numbers) {
    var vector = VersionVector.EMPTY;
    for (var entry : numbers.descendingMap().entrySet()) {
      vector = vector.with(new Dot(entry.getKey(), entry.getValue()));
    }
    return vector;
  }

  @Test
  @DisplayName("is refused if replicas do not ascend or a counter is none")
  void refused() {
    assertThatThrownBy(() -> VersionVector.ofAscending(new int[] {2, 1}, new long[] {1, 1}))
        .hasMessageContaining("do not ascend");
    assertThatThrownBy(() -> VersionVector.ofAscending(new int[] {1, 1}, new long[] {1, 1}))
        .hasMessageContaining("do not ascend");
    assertThatThrownBy(() -> VersionVector.ofAscending(new int[] {1}, new long[] {0}))
        .hasMessageContaining("from 1 to");
    assertThatThrownBy(() -> VersionVector.ofAscending(new int[] {1}, new long[] {}))
        .hasMessageContaining("1 replicas with 0 counters");
    assertThatThrownBy(() -> new ReplicaId(-1)).hasMessageContaining("not negative");
    assertThatThrownBy(() -> new Dot(A, 0)).hasMessageContaining("from 1 to");
  }
}
