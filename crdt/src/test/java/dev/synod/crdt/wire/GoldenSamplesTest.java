package dev.synod.crdt.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.DisableWinsFlag;
import dev.synod.crdt.EnableWinsFlag;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.GSet;
import dev.synod.crdt.LwwRegister;
import dev.synod.crdt.Max;
import dev.synod.crdt.Min;
import dev.synod.crdt.MvRegister;
import dev.synod.crdt.OrMap;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.RemoveWinsSet;
import dev.synod.crdt.ResettableCounter;
import dev.synod.crdt.TwoPhaseSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.Tally;
import dev.synod.crdt.lattice.Lattice;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Bytes of format 1")
class GoldenSamplesTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(300);

  /** A sample, made anew and read from the bytes that were kept. */
  record Sample<T>(String name, TypeCodec<T> codec, T value) {

    Bytes encoded() {
      return codec.encode(value);
    }

    void isReadFrom(Bytes kept) {
      assertThat(codec.decode(kept)).isEqualTo(value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All changes, each a delta of what was there before. */
  @SafeVarargs
  private static <T extends Lattice<T>> T after(T state, UnaryOperator<T>... changes) {
    for (var change : changes) {
      state = state.merge(change.apply(state));
    }
    return state;
  }

  static Stream<Sample<?>> samples() {
    return Stream.of(counters(), registers(), sets()).flatMap(it -> it);
  }

  private static Stream<Sample<?>> counters() {
    var bounded =
        after(
            BoundedCounter.atLeast(-5),
            c -> c.increment(A, 7),
            c -> c.transfer(A, B, 3).orElseThrow(),
            c -> c.decrement(B, 2).orElseThrow());
    var resettable =
        after(
            ResettableCounter.zero(),
            c -> c.add(A, 5),
            c -> c.add(B, -2),
            c -> c.reset(B),
            c -> c.add(A, 1));
    OrMap<String, DotFun<Tally>> map =
        after(
            OrMap.empty(),
            m -> m.update(A, "x", ResettableCounter.adding(3)),
            m -> m.update(B, "y", ResettableCounter.adding(4)),
            m -> m.remove(B, "x"),
            m -> m.update(A, "z", ResettableCounter.adding(1)));
    return Stream.of(
        new Sample<>(
            "g-counter",
            PlainCodecs.gCounter(),
            after(GCounter.ZERO, c -> c.increment(A, 5), c -> c.increment(B, 200))),
        new Sample<>(
            "pn-counter",
            PlainCodecs.pnCounter(),
            after(PnCounter.ZERO, c -> c.add(A, 5), c -> c.add(B, -7))),
        new Sample<>("bounded-counter", PlainCodecs.boundedCounter(), bounded),
        new Sample<>("resettable-counter", CausalCodecs.resettableCounter(), resettable),
        new Sample<>("or-map", CausalCodecs.orMap(Codec.text(), StoreCodecs.tallies()), map),
        new Sample<>("max", PlainCodecs.max(Codec.number()), Max.of(-2L)),
        new Sample<>("min", PlainCodecs.min(Codec.number()), Min.<Long>empty()));
  }

  private static Stream<Sample<?>> registers() {
    var concurrent =
        MvRegister.<String>empty().write(A, "a").merge(MvRegister.<String>empty().write(B, "b"));
    return Stream.of(
        new Sample<>(
            "lww-register",
            PlainCodecs.lwwRegister(Codec.text()),
            LwwRegister.<String>empty().write(B, 1_790_000_000_123L, "ü")),
        new Sample<>("mv-register", CausalCodecs.mvRegister(Codec.text()), concurrent),
        new Sample<>(
            "enable-wins-flag",
            CausalCodecs.enableWinsFlag(),
            after(EnableWinsFlag.OFF, f -> f.enable(A), f -> f.disable(B), f -> f.enable(B))),
        new Sample<>(
            "disable-wins-flag",
            CausalCodecs.disableWinsFlag(),
            after(DisableWinsFlag.ON, f -> f.disable(A))));
  }

  private static Stream<Sample<?>> sets() {
    return Stream.of(
        new Sample<>(
            "g-set",
            PlainCodecs.gSet(Codec.text()),
            after(GSet.<String>empty(), s -> s.add("b"), s -> s.add("a"))),
        new Sample<>(
            "2p-set",
            PlainCodecs.twoPhaseSet(Codec.text()),
            after(TwoPhaseSet.<String>empty(), s -> s.add("b"), s -> s.remove("b"))),
        new Sample<>(
            "add-wins-set",
            CausalCodecs.addWinsSet(Codec.text()),
            after(
                AddWinsSet.<String>empty(),
                s -> s.add(A, "a"),
                s -> s.add(B, "b"),
                s -> s.add(A, "c"),
                s -> s.remove(A, "a"))),
        new Sample<>(
            "remove-wins-set",
            CausalCodecs.removeWinsSet(Codec.text()),
            after(RemoveWinsSet.<String>empty(), s -> s.add(A, "a"), s -> s.remove(B, "b"))));
  }

  private static Map<String, Bytes> kept() throws IOException {
    var kept = new LinkedHashMap<String, Bytes>();
    try (var in = GoldenSamplesTest.class.getResourceAsStream("/crdt-format-1.txt")) {
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .forEach(part -> kept.put(part[0], Bytes.wrap(HexFormat.of().parseHex(part[1]))));
    }
    return kept;
  }

  private static String line(Sample<?> sample) {
    return sample.name() + " " + HexFormat.of().formatHex(sample.encoded().toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("that were kept are read, and are what is written still")
  void golden(Sample<?> sample) throws IOException {
    var bytes = kept().get(sample.name());

    assertThat(bytes).as("a line to be kept: %s", line(sample)).isNotNull();
    assertThat(sample.encoded()).as(line(sample)).isEqualTo(bytes);
    sample.isReadFrom(bytes);
  }

  @Test
  @DisplayName("have a kind for each type, and are refused as another type or version")
  void versionAndKind() throws IOException {
    var kinds = samples().map(sample -> sample.codec().kind()).toList();
    assertThat(kinds).doesNotHaveDuplicates();
    assertThat(kept()).hasSize(kinds.size());

    refused("0201010105", "of version 2");
    refused("010201010500", "of kind 2, not 1");
    refused("01", "end too early");
    refused("010101010500", "bytes follow the end");
    refused("0101ffffffff0f", "above what the bytes have room for");
    refused("01010101ffffffffffffffffff01", "more than 63 bits");
    refused("010101018500", "written longer than needed");
    refused("0101010100", "counter is from 1");
  }

  private static void refused(String hex, String reason) {
    assertThatThrownBy(
            () -> PlainCodecs.gCounter().decode(Bytes.wrap(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("of a vector of 16 replicas with millions of events each are less than 100")
  void vectorOf16() {
    var vector =
        VersionVector.ofAscending(
            IntStream.rangeClosed(1, 16).toArray(),
            IntStream.rangeClosed(1, 16).mapToLong(i -> 100_000_000L + i).toArray());

    assertThat(ClockCodecs.vector().encode(vector).length()).isLessThanOrEqualTo(100);
    assertThat(ClockCodecs.vector().decode(ClockCodecs.vector().encode(vector))).isEqualTo(vector);
  }

  @Test
  @DisplayName("of a token are those of a vector for each shard, up to the last one that has any")
  void token() {
    var token = CausalToken.of(0, VersionVector.of(A, 5)).with(2, VersionVector.of(B, 70_000));
    var kept = Bytes.wrap(HexFormat.of().parseHex("030101050001ac02f0a204"));

    assertThat(ClockCodecs.token().encode(token)).isEqualTo(kept);
    assertThat(ClockCodecs.token().decode(kept)).isEqualTo(token);
    assertThat(HexFormat.of().formatHex(ClockCodecs.token().encode(CausalToken.NONE).toArray()))
        .isEqualTo("00");
    assertThatThrownBy(() -> ClockCodecs.token().decode(Bytes.wrap(new byte[] {1, 0})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a token whose last shard is empty");
  }

  @Test
  @DisplayName("in which a dot is alive and not known are refused")
  void unknownDot() {
    var bytes =
        CausalCodecs.enableWinsFlag().encode(EnableWinsFlag.OFF.enable(A)).toArray().clone();
    bytes[bytes.length - 1] = 2;

    assertThatThrownBy(() -> CausalCodecs.enableWinsFlag().decode(Bytes.wrap(bytes)))
        .hasMessageContaining("r1.2 is alive but not known");
  }
}
