package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.Tally;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.StoreCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Maps:")
class MapsTest {

  enum Kind {
    CHANGE,
    REMOVE,
    CLEAR,
    SETTLE
  }

  record Counting(Kind kind, String key, long amount) {

    boolean adds(String other) {
      return kind == Kind.CHANGE && amount != 0 && key.equals(other);
    }

    boolean removes(String other) {
      return kind == Kind.CLEAR || kind == Kind.REMOVE && key.equals(other);
    }
  }

  @Nested
  @DisplayName("of counters")
  class OfCounters extends TypeContract<OrMap<String, DotFun<Tally>>, Counting> {

    private static final ReplicaId A = new ReplicaId(1);
    private static final ReplicaId B = new ReplicaId(2);

    @Override
    OrMap<String, DotFun<Tally>> empty() {
      return OrMap.empty();
    }

    @Override
    Counting draw(Random random, OrMap<String, DotFun<Tally>> state, ReplicaId by) {
      int choice = random.nextInt(20);
      var kind = Kind.CHANGE;
      if (choice < 7) {
        kind = choice == 0 ? Kind.CLEAR : choice < 3 ? Kind.SETTLE : Kind.REMOVE;
      }
      return new Counting(kind, "k" + random.nextInt(3), random.nextInt(7) - 2);
    }

    @Override
    Optional<OrMap<String, DotFun<Tally>>> delta(
        OrMap<String, DotFun<Tally>> state, ReplicaId by, Counting operation) {
      return Optional.of(
          switch (operation.kind()) {
            case CHANGE ->
                state.update(by, operation.key(), ResettableCounter.adding(operation.amount()));
            case REMOVE -> state.remove(by, operation.key());
            case CLEAR -> state.clear(by);
            case SETTLE -> state.settle(by);
          });
    }

    @Override
    Object value(OrMap<String, DotFun<Tally>> state) {
      var values = new TreeMap<String, Long>();
      for (String key : state.keys()) {
        values.put(key, new ResettableCounter(state.get(key).orElseThrow()).value());
      }
      return values;
    }

    /** A key counts what no removal of it has seen. */
    @Override
    Object expected(History<Counting> history) {
      var values = new TreeMap<String, Long>();
      for (var event : history.events()) {
        String key = event.operation().key();
        if (event.operation().adds(key)
            && !history.isSeenBy(event, operation -> operation.removes(key))) {
          values.merge(key, event.operation().amount(), Long::sum);
        }
      }
      return values;
    }

    @Override
    TypeCodec<OrMap<String, DotFun<Tally>>> codec() {
      return CausalCodecs.orMap(Codec.text(), StoreCodecs.tallies());
    }

    @Override
    List<OrMap<String, DotFun<Tally>>> parts(OrMap<String, DotFun<Tally>> state, int dotsMax) {
      return state.state().parts(dotsMax).stream().map(OrMap::new).toList();
    }

    private long of(OrMap<String, DotFun<Tally>> map) {
      return map.get("k").map(ResettableCounter::new).map(ResettableCounter::value).orElse(0L);
    }

    private OrMap<String, DotFun<Tally>> five() {
      return empty().update(A, "k", ResettableCounter.adding(5));
    }

    @Test
    @DisplayName("removed while another adds 2 to 5: 2 are left")
    void removedMeanwhile() {
      var removed = five().merge(five().remove(B, "k"));
      var added = five().merge(five().update(A, "k", ResettableCounter.adding(2)));

      assertThat(of(added)).isEqualTo(7);
      assertThat(removed.keys()).isEmpty();
      assertThat(of(removed.merge(added))).isEqualTo(2);
      assertThat(of(added.merge(removed))).isEqualTo(2);
    }

    @Test
    @DisplayName("removed, and 1 added again: 1, wherever that arrives")
    void addedAgain() {
      for (var by : new ReplicaId[] {A, B}) {
        var removed = five().merge(five().remove(by, "k"));
        var again = removed.merge(removed.update(by, "k", ResettableCounter.adding(1)));

        assertThat(of(again)).isEqualTo(1);
        assertThat(of(again.merge(five()))).isEqualTo(1);
        assertThat(of(five().merge(again))).isEqualTo(1);
      }
    }

    @Test
    @DisplayName("what another's removal leaves of a counter goes when its replica has seen it")
    void settles() {
      var removed = five().merge(five().remove(B, "k"));
      assertThat(removed.state().store().dots()).isEqualTo(1);

      var settled = removed.merge(removed.settle(A));

      assertThat(settled.state().store().dots()).isZero();
      assertThat(settled.merge(five()).keys()).isEmpty();
    }

    @Test
    @DisplayName("a replica's own counters leave nothing behind, however often they come and go")
    void nothingIsLeft() {
      var map = empty();
      for (int i = 0; i < 1000; i++) {
        map = map.merge(map.update(A, "k" + i, ResettableCounter.adding(i + 1)));
        map = map.merge(map.remove(A, "k" + i));
      }

      assertThat(map.state().store().dots()).isZero();
      assertThat(map.state().context().runs()).isEqualTo(1);
      assertThat(codec().encode(map).length()).isLessThan(16);
    }
  }

  /** An element at a key of a map at a key. */
  record Path(Kind kind, int depth, String outer, String inner, String element) {

    boolean removes(Path other) {
      return kind == Kind.REMOVE
          && outer.equals(other.outer)
          && (depth < 2 || inner.equals(other.inner))
          && (depth < 3 || element.equals(other.element));
    }
  }

  @Nested
  @DisplayName("of maps of sets")
  class OfMapsOfSets
      extends TypeContract<OrMap<String, DotMap<String, DotMap<String, DotSet>>>, Path> {

    @Override
    OrMap<String, DotMap<String, DotMap<String, DotSet>>> empty() {
      return OrMap.empty();
    }

    @Override
    Path draw(
        Random random, OrMap<String, DotMap<String, DotMap<String, DotSet>>> state, ReplicaId by) {
      return new Path(
          random.nextInt(5) < 3 ? Kind.CHANGE : Kind.REMOVE,
          1 + random.nextInt(3),
          "o" + random.nextInt(2),
          "i" + random.nextInt(2),
          "e" + random.nextInt(3));
    }

    @Override
    Optional<OrMap<String, DotMap<String, DotMap<String, DotSet>>>> delta(
        OrMap<String, DotMap<String, DotMap<String, DotSet>>> state, ReplicaId by, Path path) {
      if (path.kind() == Kind.CHANGE) {
        return Optional.of(
            state.update(
                by, path.outer(), OrMap.updating(path.inner(), AddWinsSet.adding(path.element()))));
      }
      return Optional.of(
          switch (path.depth()) {
            case 1 -> state.remove(by, path.outer());
            case 2 -> state.update(by, path.outer(), OrMap.removing(path.inner()));
            default ->
                state.update(
                    by,
                    path.outer(),
                    OrMap.updating(path.inner(), AddWinsSet.removing(path.element())));
          });
    }

    @Override
    Object value(OrMap<String, DotMap<String, DotMap<String, DotSet>>> state) {
      var elements = new TreeSet<String>();
      for (String outer : state.keys()) {
        var inner = new OrMap<>(state.get(outer).orElseThrow());
        for (String key : inner.keys()) {
          var set = new AddWinsSet<>(inner.get(key).orElseThrow());
          check(set.size() > 0, "a key has something: %s", key);
          set.elements().forEach(element -> elements.add(outer + key + element));
        }
      }
      return elements;
    }

    @Override
    Object expected(History<Path> history) {
      var elements = new TreeSet<String>();
      history
          .where(path -> path.kind() == Kind.CHANGE)
          .filter(event -> !history.isSeenBy(event, path -> path.removes(event.operation())))
          .map(Event::operation)
          .forEach(path -> elements.add(path.outer() + path.inner() + path.element()));
      return elements;
    }

    @Override
    TypeCodec<OrMap<String, DotMap<String, DotMap<String, DotSet>>>> codec() {
      return CausalCodecs.orMap(
          Codec.text(),
          StoreCodecs.dotMap(Codec.text(), StoreCodecs.dotMap(Codec.text(), StoreCodecs.dotSet())));
    }

    @Override
    List<OrMap<String, DotMap<String, DotMap<String, DotSet>>>> parts(
        OrMap<String, DotMap<String, DotMap<String, DotSet>>> state, int dotsMax) {
      var parts = state.state().parts(dotsMax);
      parts.forEach(part -> check(part.store().dots() <= dotsMax, "too large: %s", part));
      return parts.stream().map(OrMap::new).toList();
    }
  }
}
