package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.wire.TypeCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every replicated type does, by inheritance: the laws of lattices, deltas that are worth as
 * much as states, values that follow from the history by a naive model, one encoding for each
 * value.
 *
 * @param <T> the type
 * @param <O> its operations, as values
 */
abstract class TypeContract<T extends Lattice<T>, O> {

  /** Of all types together, 10^4 schedules in each build and more than 10^6 in the nightly one. */
  private static final int SCHEDULES = 700;

  private static final int SCHEDULES_NIGHTLY = 70_000;
  private static final int WORLDS = 150;
  private static final int STEPS = 40;

  abstract T empty();

  /** An operation that the replica might do now. */
  abstract O draw(Random random, T state, ReplicaId by);

  /** Its delta; none if the type refuses the operation. */
  abstract Optional<T> delta(T state, ReplicaId by, O operation);

  /** What a user sees. */
  abstract Object value(T state);

  /** What a user should see, from the events alone. */
  abstract Object expected(History<O> history);

  abstract TypeCodec<T> codec();

  /** The value in parts with so many dots each, where the type has some. */
  List<T> parts(T state, int dotsMax) {
    return List.of(state);
  }

  final void check(boolean holds, String text, Object of) {
    if (!holds) {
      throw new AssertionError(text.formatted(of));
    }
  }

  final void checkValue(T state, History<O> history) {
    var value = value(state);
    var model = expected(history);
    if (!value.equals(model)) {
      throw new AssertionError(
          "value %s, but the model says %s after %s".formatted(value, model, history.events()));
    }
  }

  private void eachSeed(int seeds, Consumer<Drawn<T, O>> test) {
    for (long seed = 1; seed <= seeds; seed++) {
      try {
        test.accept(new Drawn<>(this, seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  @DisplayName(
      "has the value that its model has, after every step of random schedules, and converges")
  void schedules() {
    eachSeed(SCHEDULES, world -> world.run(STEPS).heal());
  }

  @Test
  @Tag("nightly")
  @DisplayName("does so in many more schedules")
  void manySchedules() {
    eachSeed(SCHEDULES_NIGHTLY, world -> world.run(STEPS).heal());
  }

  @Test
  @DisplayName("merges are idempotent, commutative and associative")
  void laws() {
    eachSeed(
        WORLDS,
        world -> {
          var states = world.run(STEPS).states();
          var a = states.get(0);
          var b = states.get(1);
          var c = states.get(2);

          assertThat(a.merge(a)).isEqualTo(a);
          assertThat(a.merge(empty())).isEqualTo(a);
          assertThat(empty().merge(a)).isEqualTo(a);
          assertThat(a.merge(b)).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
          assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
          assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
        });
  }

  @Test
  @DisplayName("deltas, in any order and some of them twice, are worth as much as states")
  void deltasAreStates() {
    eachSeed(
        WORLDS,
        world -> {
          for (int i = 0; i < STEPS; i++) { // nothing is lost, so all deltas make all states
            world.operate(world.random().nextInt(3));
          }
          var shuffled = new ArrayList<>(world.deltas());
          Collections.shuffle(shuffled, world.random());
          shuffled.addAll(shuffled.subList(0, shuffled.size() / 2));
          T joined = empty();
          for (T delta : shuffled) {
            joined = joined.merge(delta);
          }

          assertThat(joined).isEqualTo(world.heal());
        });
  }

  @Test
  @DisplayName("parts, merged in any order, are the whole, and each is a part of it")
  void partsAreTheWhole() {
    eachSeed(
        WORLDS,
        world -> {
          for (T state : world.run(STEPS).states()) {
            var parts = new ArrayList<>(parts(state, 1 + world.random().nextInt(4)));
            Collections.shuffle(parts, world.random());
            T whole = empty();
            for (T part : parts) {
              assertThat(part.isPartOf(state)).isTrue();
              whole = whole.merge(part);
            }

            assertThat(whole).isEqualTo(state);
          }
        });
  }

  @Test
  @DisplayName("what evicted replicas hand over is worth as much as their changes one by one")
  void handedOver() {
    eachSeed(
        WORLDS,
        world -> {
          boolean isForgetful = world.random().nextBoolean();
          int evicted = 1 + world.random().nextInt(2);
          var end = new Eviction<>(this, evicted, world.random()).run(STEPS / 2, isForgetful);

          assertThat(value(end.byWhatIsHandedOver())).isEqualTo(value(end.byChanges()));
          if (!isForgetful) {
            assertThat(end.byWhatIsHandedOver()).isEqualTo(end.byChanges());
          }
        });
  }

  @Test
  @DisplayName("an update is never forgotten: a state is part of what becomes of it")
  void updatesAreNeverForgotten() {
    eachSeed(
        WORLDS,
        world -> {
          var state = world.run(STEPS).states().get(0);
          var by = world.ids().get(0);
          var delta = delta(state, by, draw(world.random(), state, by));
          if (delta.isPresent()) {
            var after = state.merge(delta.get());

            assertThat(state.merge(after)).isEqualTo(after);
            assertThat(after.merge(state)).isEqualTo(after);
            assertThat(after.merge(delta.get())).isEqualTo(after);
          }
        });
  }

  @Test
  @DisplayName("is read as it was written, states and deltas, and has one encoding")
  void roundTrips() {
    eachSeed(
        WORLDS,
        world -> {
          world.run(STEPS);
          world.states().forEach(this::roundTrip);
          world.deltas().forEach(this::roundTrip);
          assertThat(codec().encode(world.states().get(0).merge(world.states().get(1))))
              .isEqualTo(codec().encode(world.states().get(1).merge(world.states().get(0))));
        });
  }

  private void roundTrip(T value) {
    var bytes = codec().encode(value);
    var read = codec().decode(bytes);

    assertThat(read).isEqualTo(value);
    assertThat(codec().encode(read)).isEqualTo(bytes);
  }

  @Test
  @DisplayName("refuses damaged bytes in words, and takes no more memory than good ones")
  void damagedBytes() {
    damagedBytes(12);
  }

  @Test
  @Tag("nightly")
  @DisplayName("does so for many more damages")
  void manyDamagedBytes() {
    damagedBytes(4000);
  }

  private void damagedBytes(int seeds) {
    eachSeed(
        seeds,
        world -> {
          var bytes = codec().encode(world.run(STEPS).states().get(0)).toArray();
          HostileBytes.attack(bytes, world.random(), codec());
        });
  }
}
