package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Counters:")
class CountersTest {

  @Nested
  @DisplayName("one that only grows")
  class Growing extends TypeContract<GCounter, Long> {

    @Override
    GCounter empty() {
      return GCounter.ZERO;
    }

    @Override
    Long draw(Random random, GCounter state, ReplicaId by) {
      return (long) random.nextInt(5);
    }

    @Override
    Optional<GCounter> delta(GCounter state, ReplicaId by, Long amount) {
      return Optional.of(state.increment(by, amount));
    }

    @Override
    Object value(GCounter state) {
      return state.value();
    }

    @Override
    Object expected(History<Long> history) {
      return sum(history);
    }

    @Override
    TypeCodec<GCounter> codec() {
      return PlainCodecs.gCounter();
    }
  }

  private static long sum(History<Long> history) {
    return history.events().stream().mapToLong(Event::operation).sum();
  }

  @Nested
  @DisplayName("one that goes up and down")
  class UpAndDown extends TypeContract<PnCounter, Long> {

    @Override
    PnCounter empty() {
      return PnCounter.ZERO;
    }

    @Override
    Long draw(Random random, PnCounter state, ReplicaId by) {
      return random.nextInt(9) - 4L;
    }

    @Override
    Optional<PnCounter> delta(PnCounter state, ReplicaId by, Long amount) {
      return Optional.of(state.add(by, amount));
    }

    @Override
    Object value(PnCounter state) {
      return state.value();
    }

    @Override
    Object expected(History<Long> history) {
      return sum(history);
    }

    @Override
    TypeCodec<PnCounter> codec() {
      return PlainCodecs.pnCounter();
    }
  }

  /** Added if above 0, subtracted if below; or given to another. */
  record Escrow(long amount, Optional<ReplicaId> givenTo) {}

  @Nested
  @DisplayName("one that stays above its minimum")
  class Bounded extends TypeContract<BoundedCounter, Escrow> {

    private static final long MINIMUM = -3;

    @Override
    BoundedCounter empty() {
      return BoundedCounter.atLeast(MINIMUM);
    }

    @Override
    Escrow draw(Random random, BoundedCounter state, ReplicaId by) {
      return random.nextInt(4) == 0
          ? new Escrow(1 + random.nextInt(3), Optional.of(new ReplicaId(1 + random.nextInt(4))))
          : new Escrow(random.nextBoolean() ? 3 : -1 - random.nextInt(4), Optional.empty());
    }

    @Override
    Optional<BoundedCounter> delta(BoundedCounter state, ReplicaId by, Escrow operation) {
      if (operation.givenTo().isPresent()) {
        return state.transfer(by, operation.givenTo().get(), operation.amount());
      }
      return operation.amount() > 0
          ? Optional.of(state.increment(by, operation.amount()))
          : state.decrement(by, -operation.amount());
    }

    @Override
    Object value(BoundedCounter state) {
      check(state.value() >= MINIMUM, "never below its minimum: %s", state);
      return state.value();
    }

    @Override
    Object expected(History<Escrow> history) {
      return MINIMUM
          + history
              .where(operation -> operation.givenTo().isEmpty())
              .mapToLong(event -> event.operation().amount())
              .sum();
    }

    @Override
    TypeCodec<BoundedCounter> codec() {
      return PlainCodecs.boundedCounter();
    }
  }

  @Nested
  @DisplayName("one that can be reset")
  class Resettable extends TypeContract<ResettableCounter, OptionalLong> {

    @Override
    ResettableCounter empty() {
      return ResettableCounter.zero();
    }

    @Override
    OptionalLong draw(Random random, ResettableCounter state, ReplicaId by) {
      return random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(9) - 3);
    }

    @Override
    Optional<ResettableCounter> delta(
        ResettableCounter state, ReplicaId by, OptionalLong operation) {
      return Optional.of(
          operation.isPresent() ? state.add(by, operation.getAsLong()) : state.reset(by));
    }

    @Override
    Object value(ResettableCounter state) {
      return state.value();
    }

    /** All that no reset has seen. */
    @Override
    Object expected(History<OptionalLong> history) {
      return history
          .unseen(OptionalLong::isPresent, OptionalLong::isEmpty)
          .mapToLong(event -> event.operation().getAsLong())
          .sum();
    }

    @Override
    TypeCodec<ResettableCounter> codec() {
      return CausalCodecs.resettableCounter();
    }
  }
}
