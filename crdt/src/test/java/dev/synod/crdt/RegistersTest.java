package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.HybridClock;
import dev.synod.crdt.clock.HybridTime;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Registers:")
class RegistersTest {

  record Write(long physicalMillis, String value) {}

  @Nested
  @DisplayName("the last write wins")
  class LastWriteWins extends TypeContract<LwwRegister<String>, Write> {

    @Override
    LwwRegister<String> empty() {
      return LwwRegister.empty();
    }

    /** Clocks that are anything but right. */
    @Override
    Write draw(Random random, LwwRegister<String> state, ReplicaId by) {
      return new Write(random.nextInt(12), "v" + random.nextInt(100));
    }

    @Override
    Optional<LwwRegister<String>> delta(LwwRegister<String> state, ReplicaId by, Write operation) {
      return Optional.of(state.write(by, operation.physicalMillis(), operation.value()));
    }

    @Override
    Object value(LwwRegister<String> state) {
      return state.value();
    }

    @Override
    Object expected(History<Write> history) {
      var times = new HashMap<Event<Write>, HybridTime>();
      for (var event : history.events()) {
        var seen =
            times.entrySet().stream()
                .filter(earlier -> event.saw(earlier.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElse(HybridTime.ZERO);
        times.put(event, new HybridClock(seen, 0).tick(event.operation().physicalMillis()).last());
      }
      return history.events().stream()
          .max(Comparator.<Event<Write>, HybridTime>comparing(times::get).thenComparing(Event::by))
          .map(event -> event.operation().value());
    }

    @Override
    TypeCodec<LwwRegister<String>> codec() {
      return PlainCodecs.lwwRegister(Codec.text());
    }

    @Test
    @DisplayName("and a write wins over what its replica had read, though its clock went back")
    void clockBack() {
      var one = LwwRegister.<String>empty().write(new ReplicaId(1), 3_600_000, "before");
      var two = one.merge(one.write(new ReplicaId(2), 0, "after"));

      assertThat(two.value()).contains("after");
    }
  }

  @Nested
  @DisplayName("all concurrent writes are kept")
  class MultiValue extends TypeContract<MvRegister<String>, Optional<String>> {

    @Override
    MvRegister<String> empty() {
      return MvRegister.empty();
    }

    /** Writes a value, or clears. */
    @Override
    Optional<String> draw(Random random, MvRegister<String> state, ReplicaId by) {
      return random.nextInt(5) == 0 ? Optional.empty() : Optional.of("v" + random.nextInt(100));
    }

    @Override
    Optional<MvRegister<String>> delta(
        MvRegister<String> state, ReplicaId by, Optional<String> operation) {
      return Optional.of(
          operation.map(value -> state.write(by, value)).orElseGet(() -> state.clear(by)));
    }

    @Override
    Object value(MvRegister<String> state) {
      return state.values().stream().sorted().toList();
    }

    /** A register drops only what was seen. */
    @Override
    Object expected(History<Optional<String>> history) {
      return history
          .unseen(Optional::isPresent, any -> true)
          .map(event -> event.operation().orElseThrow())
          .sorted()
          .toList();
    }

    @Override
    TypeCodec<MvRegister<String>> codec() {
      return CausalCodecs.mvRegister(Codec.text());
    }

    @Override
    List<MvRegister<String>> parts(MvRegister<String> state, int dotsMax) {
      return state.state().parts(dotsMax).stream().map(MvRegister::new).toList();
    }
  }
}
