package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * What is on the ladder in a test.
 *
 * @param draws an operation; the number is another one each time
 */
record Kind<T extends Lattice<T>, O>(
    LadderFamily<T, O> family, List<ConsistencyMode> modes, BiFunction<Random, Integer, O> draws) {

  /** Adds that element, or removes one that was added before. */
  record Change(String element, boolean adds) {}

  static final LadderFamily<AddWinsSet<String>, Change> SETS =
      LadderFamily.of(
          new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty()),
          Change.class,
          (set, by, change) ->
              change.adds() ? set.add(by, change.element()) : set.remove(by, change.element()));

  static final LadderFamily<BoundedCounter, Long> STOCK =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(-3)),
          Long.class,
          amount -> amount);

  static Kind<AddWinsSet<String>, Change> sets() {
    return new Kind<>(
        SETS,
        List.of(ConsistencyMode.EVENTUAL, ConsistencyMode.CAUSAL, ConsistencyMode.LINEARIZABLE),
        (random, number) ->
            random.nextInt(3) > 0
                ? new Change("e" + number, true)
                : new Change("e" + random.nextInt(number), false));
  }

  static Kind<BoundedCounter, Long> stock() {
    return new Kind<>(
        STOCK,
        List.of(ConsistencyMode.values()),
        (random, number) ->
            random.nextInt(3) == 0 ? 1L + random.nextInt(9) : -1L - random.nextInt(5));
  }

  /** The value of that key as the group has it. */
  static <T extends Lattice<T>> T value(LadderState state, LadderFamily<T, ?> of, String key) {
    var seen = (Seen) state.query(new Look(key));
    return of.values().codec().decode(seen.value());
  }

  String key() {
    return family.values().prefix() + "x";
  }
}
