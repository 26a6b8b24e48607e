package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.engine.Engine;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * A serializer of messages between nodes: the first byte of hostile bytes chooses among its
 * manifests.
 */
record WireDecoders(int serializer, List<GoldenMessage> golden) {

  /** Made when first needed: only after Jazzer's agent is there. */
  private static final class Shipped {
    static final Serialization SERIALIZATION =
        SerializationExtension.get(Engine.of(1, ConfigFactory.load()).system());
  }

  /** Of the very configuration that ships. */
  static Serialization serialization() {
    return Shipped.SERIALIZATION;
  }

  static WireDecoders of(int serializer, String file) {
    return new WireDecoders(serializer, GoldenMessage.of(file));
  }

  /** The golden messages as hostile bytes. */
  Stream<byte[]> seeds() {
    var manifests = manifests();
    return golden.stream()
        .map(
            message -> {
              byte[] seed = new byte[1 + message.bytes().length];
              seed[0] = (byte) manifests.indexOf(message.manifest());
              System.arraycopy(message.bytes(), 0, seed, 1, message.bytes().length);
              return seed;
            });
  }

  Decoder decoder() {
    var manifests = manifests();
    return bytes -> {
      if (bytes.length == 0) {
        return "nothing";
      }
      var manifest = manifests.get(Byte.toUnsignedInt(bytes[0]) % manifests.size());
      byte[] message = new byte[bytes.length - 1];
      System.arraycopy(bytes, 1, message, 0, message.length);
      return decode(message, manifest);
    };
  }

  /** What is accepted means the same to those to whom it is passed on. */
  private Object decode(byte[] message, String manifest) throws java.io.NotSerializableException {
    var wire =
        (SerializerWithStringManifest) serialization().serializerByIdentity().apply(serializer);
    var accepted = wire.fromBinary(message, manifest);
    assertThat(wire.manifest(accepted)).isEqualTo(manifest);
    byte[] again = wire.toBinary(accepted);
    assertThat(wire.toBinary(wire.fromBinary(again, manifest))).isEqualTo(again);
    return accepted;
  }

  private List<String> manifests() {
    return golden.stream().map(GoldenMessage::manifest).distinct().toList();
  }
}
