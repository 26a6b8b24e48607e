package dev.synod.crdt.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A map of dot stores")
class DotMapTest {

  private static final ReplicaId A = new ReplicaId(1);

  /** The definition, word for word, with no index and no short cut (Almeida et al., figure 3). */
  private static TreeMap<String, DotSet> byDefinition(
      Causal<DotMap<String, DotSet>> a, Causal<DotMap<String, DotSet>> b) {
    var joined = new TreeMap<String, DotSet>();
    for (var side : java.util.List.of(a, b)) {
      var other = side == a ? b : a;
      side.store()
          .forEach(
              (String key, DotSet dots) ->
                  dots.forEach(
                      dot -> {
                        boolean both =
                            other.store().get(key).map(it -> it.contains(dot)).orElse(false);
                        if (both || !other.context().contains(dot)) {
                          joined.merge(
                              key,
                              DotSet.of(dot),
                              (one, two) -> {
                                var all = new java.util.ArrayList<Dot>();
                                one.forEach(all::add);
                                two.forEach(all::add);
                                return DotSet.of(all);
                              });
                        }
                      }));
    }
    return joined;
  }

  @Test
  @DisplayName("merges by the definition, though it looks only at the keys that are concerned")
  void model() {
    for (long seed = 1; seed <= 500; seed++) {
      var random = new Random(seed);
      Causal<DotMap<String, DotSet>> a = Causal.of(DotMap.none());
      Causal<DotMap<String, DotSet>> b = Causal.of(DotMap.none());
      for (int i = 0; i < 30; i++) {
        String key = "k" + random.nextInt(6);
        Mutation<DotMap<String, DotSet>> change =
            random.nextInt(3) == 0 ? DotMap.removing(key) : DotMap.updating(key, DotSet.renewing());
        if (random.nextBoolean()) {
          a = a.merge(a.delta(change, A));
        } else {
          b = b.merge(b.delta(change, new ReplicaId(2)));
        }
        if (random.nextInt(8) == 0) {
          var expected = byDefinition(a, b);
          a = a.merge(b);
          assertThat(entries(a.store())).isEqualTo(expected);
          ownersAreRight(a.store());
        }
      }
    }
  }

  private static TreeMap<String, DotSet> entries(DotMap<String, DotSet> map) {
    var entries = new TreeMap<String, DotSet>();
    map.forEach(entries::put);
    return entries;
  }

  /** The index of a map that was changed is that of one made anew. */
  private static void ownersAreRight(DotMap<String, DotSet> map) {
    var anew = DotMap.<String, DotSet>none();
    for (var entry : entries(map).entrySet()) {
      anew = anew.with(entry.getKey(), entry.getValue());
    }
    var dots = new java.util.TreeSet<Dot>();
    map.forEach(dots::add);
    var expected = new java.util.TreeSet<Dot>();
    anew.forEach(expected::add);
    assertThat(dots).isEqualTo(expected);
    assertThat(map.dots()).isEqualTo(anew.dots());
    assertThat(map.context()).isEqualTo(anew.context());
  }

  private static <S extends DotStore<S>> List<Dot> counting(S store, S there) {
    var dots = new ArrayList<Dot>();
    store.forEachIn(there, dots::add);
    return dots;
  }

  @Test
  @DisplayName("has dots that count elsewhere: those alive there, and the last where others are")
  void counting() {
    var first = new Dot(A, 1);
    var second = new Dot(A, 2);
    var other = new Dot(new ReplicaId(2), 1);
    var store = DotSet.of(List.of(first, second));
    var note = DotFun.of(other, new Tally(3, 0, 3, 0));

    assertThat(counting(store, DotSet.of(List.of(first, other)))).containsExactly(first);
    assertThat(counting(store, DotSet.of(other))).containsExactly(second);
    assertThat(counting(store, DotSet.EMPTY)).isEmpty();
    assertThat(counting(DotSet.EMPTY, DotSet.of(other))).isEmpty();
    assertThat(counting(DotMap.of("a", store), DotMap.of("a", DotSet.of(other))))
        .containsExactly(second);
    assertThat(counting(DotMap.of("a", store), DotMap.of("b", DotSet.of(other)))).isEmpty();
    var counted = DotFun.of(Map.of(first, Tally.of(1), second, new Tally(1, 0, 1, 0)));
    assertThat(counting(counted, DotFun.of(other, Tally.of(1)))).containsExactly(first);
    assertThat(counting(counted, note)).isEmpty();
    assertThat(counting(note, note)).containsExactly(other);
  }

  @Test
  @DisplayName("has a dot at one place only")
  void refused() {
    var dot = new Dot(A, 1);
    var map = DotMap.of("a", DotSet.of(dot));

    assertThatThrownBy(() -> map.with("b", DotSet.of(dot))).hasMessageContaining("at two places");
    assertThatThrownBy(() -> map.with("a", DotSet.of(new Dot(A, 2))))
        .hasMessageContaining("there already");
  }
}
