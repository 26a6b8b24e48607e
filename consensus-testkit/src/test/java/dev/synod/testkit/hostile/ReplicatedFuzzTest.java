package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.synod.core.Bytes;
import dev.synod.crdt.actor.ReplicatorSerializer;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.StoreCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value and each message has one encoding: what is accepted is what its bytes say. */
@DisplayName("Hostile bytes in replicated data are refused in words")
class ReplicatedFuzzTest {

  private static final String SAMPLES = "crdt/src/test/resources/";

  static final WireDecoders PEERS =
      WireDecoders.of(ReplicatorSerializer.IDENTIFIER, SAMPLES + "wire/replicator.txt");
  static final Decoder MESSAGE = exactly(b -> MessageCodec.encode(MessageCodec.decode(b)));
  static final Decoder VALUE = bytes -> value(bytes).decode(bytes);

  /** By the kind that stands in the second byte, of all types with the elements of the samples. */
  private static final Map<Integer, Decoder> VALUES = new TreeMap<>();

  static {
    Stream.of(
            PlainCodecs.gCounter(),
            PlainCodecs.pnCounter(),
            PlainCodecs.boundedCounter(),
            CausalCodecs.resettableCounter(),
            PlainCodecs.lwwRegister(Codec.text()),
            CausalCodecs.mvRegister(Codec.text()),
            CausalCodecs.enableWinsFlag(),
            CausalCodecs.disableWinsFlag(),
            PlainCodecs.gSet(Codec.text()),
            PlainCodecs.twoPhaseSet(Codec.text()),
            CausalCodecs.addWinsSet(Codec.text()),
            CausalCodecs.removeWinsSet(Codec.text()),
            CausalCodecs.orMap(Codec.text(), StoreCodecs.tallies()),
            PlainCodecs.max(Codec.number()),
            PlainCodecs.min(Codec.number()))
        .forEach(codec -> VALUES.put(codec.kind(), exactly(codec)));
  }

  private static <T> Decoder exactly(TypeCodec<T> codec) {
    return exactly(bytes -> codec.encode(codec.decode(bytes)));
  }

  private static Decoder exactly(UnaryOperator<Bytes> again) {
    return bytes -> {
      Bytes before = Bytes.wrap(bytes.clone());
      assertThat(again.apply(before)).isEqualTo(before);
      return before;
    };
  }

  private static Decoder value(byte[] bytes) {
    int kind = bytes.length < 2 ? 0 : Byte.toUnsignedInt(bytes[1]);
    return VALUES.getOrDefault(
        kind,
        unknown -> {
          throw new IllegalArgumentException("a value of unknown kind " + kind);
        });
  }

  private static Stream<byte[]> samples(String file) {
    try (var lines = Files.lines(Path.of(System.getProperty("synod.root"), SAMPLES + file))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> HexFormat.of().parseHex(line.split(" ")[1]))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<byte[]> peerMessages() {
    return PEERS.seeds();
  }

  static Stream<byte[]> messages() {
    return samples("crdt-messages-1.txt");
  }

  static Stream<byte[]> values() {
    return samples("crdt-format-1.txt");
  }

  @MethodSource("peerMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void peers(byte[] bytes) {
    PEERS.decoder().judge(bytes);
  }

  @MethodSource("messages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void message(byte[] bytes) {
    MESSAGE.judge(bytes);
  }

  @MethodSource("values")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void ofAnyType(byte[] bytes) {
    VALUE.judge(bytes);
  }
}
