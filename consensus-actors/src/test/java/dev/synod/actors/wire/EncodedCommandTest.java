package dev.synod.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The payload of a command in the log")
class EncodedCommandTest {

  private static final EncodedCommand SAMPLE =
      new EncodedCommand(300, 7, 5, 33, "Add", Bytes.wrap(new byte[] {1, 2, 3}));

  @Test
  @DisplayName("is laid out as documented, byte for byte, and stays so")
  void layoutIsFixed() {
    assertThat(hex(SAMPLE.encode()))
        .isEqualTo("01" + "ac02" + "07" + "05" + "42" + "03" + "416464" + "010203");
    assertThat(EncodedCommand.decode(bytes("01ac020705420341" + "6464010203"))).isEqualTo(SAMPLE);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("comes back as it was")
  void roundTrip(long seed) {
    var random = new Random(seed);
    long request = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
    byte[] body = new byte[random.nextInt(2_000)];
    random.nextBytes(body);
    var command =
        new EncodedCommand(
            1 + (random.nextLong() >>> (1 + random.nextInt(62))),
            request,
            1 + Math.floorMod(random.nextLong(), request),
            random.nextInt(),
            "mäni€fest".repeat(random.nextInt(50)),
            Bytes.wrap(body));

    assertThat(EncodedCommand.decode(command.encode())).isEqualTo(command);
    assertThat(EncodedCommand.numbersOf(command.encode()))
        .contains(new EncodedCommand.Numbers(command.session(), request));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", "02ac0207", "01ac", "01ffffffffffffffffffff07"})
  @DisplayName("names nobody if its first bytes are not those of a command")
  void noNumbers(String hex) {
    assertThat(EncodedCommand.numbersOf(bytes(hex))).isEmpty();
  }

  @Test
  @DisplayName("holds the largest numbers")
  void extremes() {
    var command =
        new EncodedCommand(
            Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, "", Bytes.EMPTY);

    assertThat(EncodedCommand.decode(command.encode())).isEqualTo(command);
  }

  @Test
  @DisplayName("never takes more around the body than its documented bound")
  void headerIsBounded() {
    var command =
        new EncodedCommand(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            "m".repeat(EncodedCommand.MANIFEST_BYTES_MAX),
            Bytes.EMPTY);

    assertThat(command.encode().length()).isEqualTo(EncodedCommand.HEADER_BYTES_MAX);
  }

  @Test
  @DisplayName("is refused wherever it is cut within its header")
  void cutHeadersAreRefused() {
    var whole = SAMPLE.encode().toArray();

    for (int length = 0; length < whole.length - 3; length++) {
      var cut = Bytes.wrap(whole, 0, length);
      assertThatThrownBy(() -> EncodedCommand.decode(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "02ac0207054203416464", // a format from the future
        "01000705420341646400", // session 0
        "01ac02000142034164", // request 0
        "01ac0207084203416464", // acknowledges more than it sent
        "01ac02070542ffff03416464", // a manifest longer than the rest
        "01ffffffffffffffffff010705420341", // a number of 64 bits and more
        "01ac020705ffffffffff0103416464", // a serializer id of more than 32 bits
      })
  @DisplayName("is refused with a reason when hostile")
  void hostileBytesAreRefused(String hex) {
    assertThatThrownBy(() -> EncodedCommand.decode(bytes(hex)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).{20,}");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("survives random bytes: a command or a refusal, nothing else")
  void randomBytes(long seed) {
    byte[] noise = new byte[new Random(seed).nextInt(64)];
    new Random(seed).nextBytes(noise);
    if (noise.length > 0) {
      noise[0] = 1;
    }

    try {
      assertThat(EncodedCommand.decode(Bytes.wrap(noise)).session()).isPositive();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).{20,}");
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  private static Bytes bytes(String hex) {
    return Bytes.wrap(HexFormat.of().parseHex(hex));
  }
}
