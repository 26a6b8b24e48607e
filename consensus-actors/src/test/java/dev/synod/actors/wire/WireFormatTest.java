package dev.synod.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.message.WireMessage;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Between nodes")
class WireFormatTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "golden",
          ConfigFactory.parseResources("synod-serialization.conf")
              .withFallback(ConfigFactory.load()));
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final WireSamples SAMPLES = new WireSamples(ActorRefResolver.get(KIT.system()));

  /** Kryo would first take the memory that the name says it needs: a gigabyte. */
  private static final byte[] CLASS_BY_NAME = HexFormat.of().parseHex("01" + "e3".repeat(116));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> all() {
    return Stream.concat(
        samples("/wire/client.txt", SAMPLES.client()),
        samples("/wire/control.txt", SAMPLES.control()));
  }

  private static Stream<Arguments> samples(String file, Map<String, Object> messages) {
    var golden = GoldenBytes.of(file);
    return messages.entrySet().stream()
        .map(
            message ->
                Arguments.of(message.getKey(), message.getValue(), golden.get(message.getKey())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void goldenBytes(String name, Object message, GoldenBytes.Sample golden) throws Exception {
    var serializer = serializerFor(message);

    assertThat(
            name
                + " "
                + serializer.manifest(message)
                + " "
                + HexFormat.of().formatHex(serializer.toBinary(message)))
        .isEqualTo(name + " " + golden.manifest() + " " + golden.hex());
    assertThat(serializer.fromBinary(golden.bytes(), golden.manifest())).isEqualTo(message);
  }

  @Test
  @DisplayName("the transport's buffer keeps its byte order, and the bytes do not depend on it")
  void byteOrder() throws Exception {
    var message = SAMPLES.client().get("answers");
    var serializer = serializerFor(message);
    var buffer = ByteBuffer.allocateDirect(1000).order(ByteOrder.LITTLE_ENDIAN);

    ((ByteBufferSerializer) serializer).toBinary(message, buffer);

    assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.duplicate().get(bytes);
    assertThat(bytes).isEqualTo(serializer.toBinary(message));
    assertThat(((ByteBufferSerializer) serializer).fromBinary(buffer, "A")).isEqualTo(message);
    assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  @DisplayName("a buffer that is too small says so, as the transport expects")
  void overflow() {
    var message = SAMPLES.client().get("answers");

    assertThatThrownBy(
            () ->
                ((ByteBufferSerializer) serializerFor(message))
                    .toBinary(message, ByteBuffer.allocate(20)))
        .isInstanceOf(BufferOverflowException.class);
  }

  @Test
  @DisplayName("an unknown layout or class is refused by name, counted, and does no harm to others")
  void unknownIsRefused() throws Exception {
    var client = serializerFor(SAMPLES.client().get("answers"));
    assertThatThrownBy(() -> client.fromBinary(new byte[3], "Z"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("Z");

    var control = (KryoControlSerializer) serializerFor(new Unregistered(1));
    assertThatThrownBy(() -> control.toBinary(new Unregistered(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unregistered");
    assertThatThrownBy(() -> control.fromBinary(new byte[] {100}, "1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("98");
    assertThatThrownBy(() -> control.fromBinary(new byte[] {100}, "2"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> control.fromBinary(CLASS_BY_NAME, "1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("by its name");
    assertThat(control.refused()).isGreaterThanOrEqualTo(4);

    var hello = SAMPLES.control().get("hello");
    assertThat(control.fromBinary(control.toBinary(hello), "1")).isEqualTo(hello);
  }

  private static SerializerWithStringManifest serializerFor(Object message) {
    return (SerializerWithStringManifest) SERIALIZATION.findSerializerFor(message);
  }

  private record Unregistered(int number) implements WireMessage {}
}
