package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Extremes:")
class ExtremesTest {

  @Nested
  @DisplayName("the highest")
  class Highest extends TypeContract<Max<Long>, Long> {

    @Override
    Max<Long> empty() {
      return Max.empty();
    }

    @Override
    Long draw(Random random, Max<Long> state, ReplicaId by) {
      return random.nextInt(100) - 50L;
    }

    @Override
    Optional<Max<Long>> delta(Max<Long> state, ReplicaId by, Long given) {
      return Optional.of(state.give(given));
    }

    @Override
    Object value(Max<Long> state) {
      return state.value();
    }

    @Override
    Object expected(History<Long> history) {
      return history.events().stream().map(Event::operation).max(Comparator.naturalOrder());
    }

    @Override
    TypeCodec<Max<Long>> codec() {
      return PlainCodecs.max(Codec.number());
    }
  }

  @Nested
  @DisplayName("the lowest")
  class Lowest extends TypeContract<Min<Long>, Long> {

    @Override
    Min<Long> empty() {
      return Min.empty();
    }

    @Override
    Long draw(Random random, Min<Long> state, ReplicaId by) {
      return random.nextInt(100) - 50L;
    }

    @Override
    Optional<Min<Long>> delta(Min<Long> state, ReplicaId by, Long given) {
      return Optional.of(state.give(given));
    }

    @Override
    Object value(Min<Long> state) {
      return state.value();
    }

    @Override
    Object expected(History<Long> history) {
      return history.events().stream().map(Event::operation).min(Comparator.naturalOrder());
    }

    @Override
    TypeCodec<Min<Long>> codec() {
      return PlainCodecs.min(Codec.number());
    }
  }
}
