package dev.synod.crdt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.registry.RegistryCommand.Enrol;
import dev.synod.crdt.registry.RegistryCommand.Evict;
import dev.synod.crdt.registry.RegistryCommand.Look;
import dev.synod.crdt.registry.RegistryCommand.Report;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a registry's group keeps")
class RegistrySerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create("registry");
  private static final VersionVector MERGED = VersionVector.of(new ReplicaId(2), 9);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static SerializerWithStringManifest serializer() throws NotSerializableException {
    return (SerializerWithStringManifest)
        SerializationExtension.get(KIT.system()).serializerFor(RegistryCommand.class);
  }

  private static Registry registry() {
    return Registry.EMPTY
        .enrol("a", -1)
        .enrol("b", 7)
        .enrol("c", 8)
        .evict("c")
        .report(new ReplicaId(1), 4, MERGED)
        .report(new ReplicaId(2), 4, MERGED)
        .enrol("a", 9)
        .report(new ReplicaId(2), 6, MERGED);
  }

  private static List<Object> samples() {
    return List.of(
        new Enrol("a", -5),
        new Evict("a"),
        new Report(new ReplicaId(2), 4, MERGED),
        new Look(),
        registry(),
        registry().standing());
  }

  @Test
  @DisplayName("comes back as it was written, also years later")
  void comesBack() throws NotSerializableException {
    var serializer = serializer();
    for (var sample : samples()) {
      var bytes = serializer.toBinary(sample);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(sample))).isEqualTo(sample);
    }
    assertThat(serializer.identifier()).isEqualTo(735_522);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(samples().get(0))))
        .isEqualTo("000161fffffffffffffffb");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(samples().get(2))))
        .isEqualTo("00000002000000000000000400000003010209");
    assertThat(serializer.fromBinary(HexFormat.of().parseHex("000161"), "X"))
        .isEqualTo(new Evict("a"));
  }

  @Test
  @DisplayName("is refused in words if it is damaged")
  void damaged() throws NotSerializableException {
    var serializer = serializer();
    var bytes = serializer.toBinary(registry());
    for (int length = 0; length < bytes.length; length++) {
      var cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serializer.fromBinary(cut, "G"))
          .isInstanceOf(NotSerializableException.class);
    }
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "?"))
        .hasMessageContaining("no such message is known");
  }
}
