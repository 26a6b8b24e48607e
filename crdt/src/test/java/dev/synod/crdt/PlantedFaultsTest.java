package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.TypeCodec;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types with a mistake that somebody has made before; the contract must find each of them. */
@DisplayName("A planted fault is found by the contract of types:")
class PlantedFaultsTest {

  /** A set that adds, removes and merges as the fault would have it. */
  record Faulty(AddWinsSet<String> set, Fault fault) implements Lattice<Faulty> {

    @Override
    public Faulty merge(Faulty other) {
      return new Faulty(fault.merge.apply(set, other.set), fault);
    }
  }

  private interface Changing {
    AddWinsSet<String> delta(AddWinsSet<String> set, ReplicaId by, SetsTest.Change change);
  }

  record Fault(String name, BinaryOperator<AddWinsSet<String>> merge, Changing changing) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static AddWinsSet<String> rightly(
      AddWinsSet<String> set, ReplicaId by, SetsTest.Change change) {
    return change.kind() == SetsTest.Kind.ADD
        ? set.add(by, change.element())
        : set.remove(by, change.element());
  }

  private static AddWinsSet<String> of(DotMap<String, DotSet> store, CausalContext context) {
    return new AddWinsSet<>(new Causal<>(store, context));
  }

  private static AddWinsSet<String> union(AddWinsSet<String> a, AddWinsSet<String> b) {
    var context = a.state().context().merge(b.state().context());
    var known = CausalContext.EMPTY;
    return of(
        new AddWinsSet<>(new Causal<>(a.state().store(), known))
            .merge(new AddWinsSet<>(new Causal<>(b.state().store(), known)))
            .state()
            .store(),
        context);
  }

  static Stream<Fault> faults() {
    return Stream.concat(merges(), deltas());
  }

  private static Stream<Fault> merges() {
    return Stream.of(
        new Fault("a merge forgets the other", (a, b) -> a, PlantedFaultsTest::rightly),
        new Fault("a merge takes the other for newer", (a, b) -> b, PlantedFaultsTest::rightly),
        new Fault(
            "a merge is the union: what was removed comes back",
            PlantedFaultsTest::union,
            PlantedFaultsTest::rightly),
        new Fault(
            "a merge forgets what the other knew",
            (a, b) -> of(a.merge(b).state().store(), a.state().context()),
            PlantedFaultsTest::rightly),
        new Fault(
            "a context is taken for a vector: gaps are filled",
            (a, b) -> {
              var merged = a.merge(b);
              return of(merged.state().store(), filled(merged.state().context()));
            },
            PlantedFaultsTest::rightly));
  }

  private static Stream<Fault> deltas() {
    return Stream.of(
        new Fault(
            "a removal tells no dots",
            AddWinsSet::merge,
            (set, by, change) ->
                change.kind() == SetsTest.Kind.ADD
                    ? set.add(by, change.element())
                    : AddWinsSet.empty()),
        new Fault(
            "a removal tells all that is known, not what it removes",
            AddWinsSet::merge,
            (set, by, change) ->
                change.kind() == SetsTest.Kind.ADD
                    ? set.add(by, change.element())
                    : of(DotMap.none(), set.state().context())),
        new Fault(
            "adding takes the last dot again",
            AddWinsSet::merge,
            (set, by, change) -> {
              if (change.kind() != SetsTest.Kind.ADD || set.contains(change.element())) {
                return rightly(set, by, change);
              }
              var next = set.state().context().next(by);
              var dot = new Dot(by, Math.max(1, next.counter() - 1));
              return of(DotMap.of(change.element(), DotSet.of(dot)), CausalContext.of(dot));
            }),
        new Fault(
            "adding keeps the dots that it replaces out of its context",
            AddWinsSet::merge,
            (set, by, change) -> {
              if (change.kind() != SetsTest.Kind.ADD) {
                return rightly(set, by, change);
              }
              var dot = set.state().context().next(by);
              var old = set.state().store().get(change.element()).orElse(DotSet.EMPTY);
              return of(
                  DotMap.of(change.element(), DotSet.of(dot)),
                  old.isEmpty() ? CausalContext.of(dot) : old.context());
            }),
        new Fault(
            "a delta claims to know all that its replica knows",
            AddWinsSet::merge,
            (set, by, change) -> {
              var delta = rightly(set, by, change);
              return of(
                  delta.state().store(), delta.state().context().merge(set.state().context()));
            }));
  }

  private static CausalContext filled(CausalContext context) {
    var vector = new VersionVector[] {VersionVector.EMPTY};
    context.forEach(dot -> vector[0] = vector[0].with(dot));
    var filled = new CausalContext[] {CausalContext.EMPTY};
    vector[0].forEach(
        (replica, last) -> {
          for (long counter = 1; counter <= last; counter++) {
            filled[0] = filled[0].with(new Dot(replica, counter));
          }
        });
    return filled[0];
  }

  /** The contract of the set, with a fault in it. */
  private static final class Planted extends TypeContract<Faulty, SetsTest.Change> {

    private final Fault fault;

    Planted(Fault fault) {
      this.fault = fault;
    }

    @Override
    Faulty empty() {
      return new Faulty(AddWinsSet.empty(), fault);
    }

    @Override
    SetsTest.Change draw(Random random, Faulty state, ReplicaId by) {
      return SetsTest.Change.draw(random, 2);
    }

    @Override
    Optional<Faulty> delta(Faulty state, ReplicaId by, SetsTest.Change change) {
      return Optional.of(new Faulty(fault.changing.delta(state.set, by, change), fault));
    }

    @Override
    Object value(Faulty state) {
      return new TreeSet<>(state.set.elements());
    }

    @Override
    Object expected(History<SetsTest.Change> history) {
      return new SetsTest().new AddWins().expected(history);
    }

    @Override
    TypeCodec<Faulty> codec() {
      var sets = CausalCodecs.addWinsSet(Codec.text());
      return new TypeCodec<>(
          sets.kind(),
          Codec.of(
              (faulty, writer) -> sets.body().write(faulty.set, writer),
              reader -> new Faulty(sets.body().read(reader), fault)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void isFound(Fault fault) {
    assertThat(testsOf(fault).stream().filter(PlantedFaultsTest::fails)).isNotEmpty();
  }

  @Test
  @DisplayName("and nothing is found where there is none")
  void noFault() {
    var sound = new Fault("none", AddWinsSet::merge, PlantedFaultsTest::rightly);

    assertThat(testsOf(sound).stream().filter(PlantedFaultsTest::fails)).isEmpty();
  }

  private static List<Runnable> testsOf(Fault fault) {
    var contract = new Planted(fault);
    return List.of(
        contract::schedules,
        contract::laws,
        contract::deltasAreStates,
        contract::updatesAreNeverForgotten);
  }

  private static boolean fails(Runnable test) {
    try {
      test.run();
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
