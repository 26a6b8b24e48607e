package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Flags:")
class FlagsTest {

  @Nested
  @DisplayName("enabling wins")
  class EnableWins extends TypeContract<EnableWinsFlag, Boolean> {

    @Override
    EnableWinsFlag empty() {
      return EnableWinsFlag.OFF;
    }

    @Override
    Boolean draw(Random random, EnableWinsFlag state, ReplicaId by) {
      return random.nextBoolean();
    }

    @Override
    Optional<EnableWinsFlag> delta(EnableWinsFlag state, ReplicaId by, Boolean on) {
      return Optional.of(on ? state.enable(by) : state.disable(by));
    }

    @Override
    Object value(EnableWinsFlag state) {
      return state.isEnabled();
    }

    @Override
    Object expected(History<Boolean> history) {
      return history.unseen(on -> on, on -> !on).findAny().isPresent();
    }

    @Override
    TypeCodec<EnableWinsFlag> codec() {
      return CausalCodecs.enableWinsFlag();
    }
  }

  @Nested
  @DisplayName("disabling wins")
  class DisableWins extends TypeContract<DisableWinsFlag, Boolean> {

    @Override
    DisableWinsFlag empty() {
      return DisableWinsFlag.ON;
    }

    @Override
    Boolean draw(Random random, DisableWinsFlag state, ReplicaId by) {
      return random.nextBoolean();
    }

    @Override
    Optional<DisableWinsFlag> delta(DisableWinsFlag state, ReplicaId by, Boolean on) {
      return Optional.of(on ? state.enable(by) : state.disable(by));
    }

    @Override
    Object value(DisableWinsFlag state) {
      return state.isEnabled();
    }

    @Override
    Object expected(History<Boolean> history) {
      return history.unseen(on -> !on, on -> on).findAny().isEmpty();
    }

    @Override
    TypeCodec<DisableWinsFlag> codec() {
      return CausalCodecs.disableWinsFlag();
    }
  }
}
