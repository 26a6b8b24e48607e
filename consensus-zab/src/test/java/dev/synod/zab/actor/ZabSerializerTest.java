package dev.synod.zab.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Between ZAB servers")
class ZabSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private static final ZabSerializer SERIALIZER =
      (ZabSerializer)
          SerializationExtension.get(KIT.system())
              .findSerializerFor(new FromServer(1, ZabSamples.all().values().iterator().next()));

  /** Where a notification's state stands, after incarnation, sender and round. */
  private static final int STATE_AT = 8 + 16 + 8;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> all() throws IOException {
    var golden = golden();
    return ZabSamples.all().entrySet().stream()
        .map(
            sample ->
                Arguments.of(
                    sample.getKey(),
                    new FromServer(-7, sample.getValue()),
                    golden.getOrDefault(sample.getKey(), "not stored")));
  }

  private static Map<String, String> golden() throws IOException {
    try (var in = ZabSerializerTest.class.getResourceAsStream("/wire/zab.txt")) {
      return new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf(' ')),
                  line -> line.substring(line.indexOf(' ') + 1)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void goldenBytes(String name, FromServer message, String golden) throws Exception {
    var manifest = SERIALIZER.manifest(message);
    byte[] bytes = SERIALIZER.toBinary(message);

    assertThat(manifest + " " + HexFormat.of().formatHex(bytes)).as(name).isEqualTo(golden);
    assertThat(SERIALIZER.fromBinary(bytes, manifest)).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("a message that ends too early, or goes on too long, is refused")
  void otherLengthsAreRefused(String name, FromServer message, String golden) {
    var manifest = SERIALIZER.manifest(message);
    byte[] bytes = SERIALIZER.toBinary(message);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SERIALIZER.fromBinary(cut, manifest))
          .as("%s, its first %s bytes", name, length)
          .isInstanceOf(NotSerializableException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> SERIALIZER.fromBinary(longer, manifest))
        .isInstanceOf(NotSerializableException.class);
  }

  @Test
  @DisplayName("a state that nobody is in, and a message that nobody knows, are refused")
  void unknown() {
    var first = ZabSamples.all().values().iterator().next();
    byte[] bytes = SERIALIZER.toBinary(new FromServer(1, first));
    bytes[STATE_AT] = 9;

    assertThatThrownBy(() -> SERIALIZER.fromBinary(bytes, ZabLayout.NOTIFICATION))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> SERIALIZER.fromBinary(bytes, "XX"))
        .isInstanceOf(NotSerializableException.class);
  }
}
