package dev.synod.crdt.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A causal context")
class CausalContextTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);

  private static TreeSet<Dot> draw(Random random) {
    var dots = new TreeSet<Dot>();
    for (int i = random.nextInt(12); i > 0; i--) {
      dots.add(new Dot(new ReplicaId(random.nextInt(3)), 1 + random.nextInt(8)));
    }
    return dots;
  }

  private static CausalContext of(Collection<Dot> dots) {
    var context = CausalContext.EMPTY;
    for (Dot dot : dots) {
      context = context.with(dot);
    }
    return context;
  }

  @Test
  @DisplayName("is a set of dots, and the same set has one form")
  void model() {
    for (long seed = 1; seed <= 3000; seed++) {
      var random = new Random(seed);
      var first = draw(random);
      var second = draw(random);
      var union = new TreeSet<>(first);
      union.addAll(second);
      var a = of(first);
      var b = of(second.descendingSet());

      assertThat(a.merge(b)).isEqualTo(of(union)).hasSameHashCodeAs(b.merge(a));
      assertThat(a.isPartOf(b)).isEqualTo(second.containsAll(first));
      var rest = new TreeSet<>(first);
      rest.removeAll(second);
      assertThat(a.without(b)).isEqualTo(of(rest));
      assertThat(a.dots()).isEqualTo(first.size());
      var gone = new ArrayList<Dot>();
      a.forEach(gone::add);
      assertThat(gone).containsExactlyElementsOf(first);
      var any = new Dot(new ReplicaId(random.nextInt(3)), 1 + random.nextInt(9));
      assertThat(a.contains(any)).isEqualTo(first.contains(any));
      assertThat(first).doesNotContain(a.next(any.replica()));
      assertThat(a.next(any.replica()).counter())
          .isEqualTo(
              1
                  + first.stream()
                      .filter(dot -> dot.replica().equals(any.replica()))
                      .mapToLong(Dot::counter)
                      .max()
                      .orElse(0));
    }
  }

  @Test
  @DisplayName("is a vector and a cloud beyond it")
  void vectorAndCloud() {
    var context = of(List.of(new Dot(A, 1), new Dot(A, 2), new Dot(A, 4), new Dot(B, 7)));

    assertThat(context.vector()).isEqualTo(VersionVector.of(A, 2));
    assertThat(context.hasGaps()).isTrue();
    assertThat(context.runs()).isEqualTo(3);
    assertThat(context.with(new Dot(A, 3)).vector()).isEqualTo(VersionVector.of(A, 4));
    assertThat(context).hasToString("[r1:1-2 r1:4 r2:7]");
  }

  @Test
  @DisplayName("of a million changes in a row is one run")
  void compact() {
    var runs = new RunList(1);
    runs.add(A, 1, 1_000_000);
    var context = runs.toContext().with(new Dot(A, 1_000_001));

    assertThat(context.runs()).isEqualTo(1);
    assertThat(context.dots()).isEqualTo(1_000_001);
  }

  @Test
  @DisplayName("is made of runs in their order only")
  void refused() {
    var runs = new RunList(0);
    runs.add(B, 5, 6);

    assertThatThrownBy(() -> runs.add(A, 1, 1)).hasMessageContaining("do not ascend");
    assertThatThrownBy(() -> runs.add(B, 4, 9)).hasMessageContaining("do not ascend");
    assertThatThrownBy(() -> runs.add(B, 9, 8)).hasMessageContaining("no run of dots");
    assertThatThrownBy(() -> runs.add(B, 9, Long.MAX_VALUE)).hasMessageContaining("no run");
  }
}
