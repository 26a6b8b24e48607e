package dev.synod.crdt.actor;

import dev.synod.crdt.HostileBytes;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.wire.DrawnMessages;
import java.io.NotSerializableException;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile bytes between nodes are refused in words, or have been written so:")
class HostilePeersTest {

  private static final ActorTestKit KIT = ActorTestKit.create("hostile");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  @DisplayName("messages of replicators")
  void messages() throws NotSerializableException {
    attack(500);
  }

  @Test
  @Tag("nightly")
  @DisplayName("many more messages")
  void manyMessages() throws NotSerializableException {
    attack(100_000);
  }

  private static void attack(int seeds) throws NotSerializableException {
    var serializer =
        (SerializerWithStringManifest)
            SerializationExtension.get(KIT.system()).serializerFor(PeerMessage.class);
    for (long seed = 1; seed <= seeds; seed++) {
      var random = new Random(seed);
      var message = new DrawnMessages(random).peerMessage();
      var manifest = serializer.manifest(message);
      try {
        HostileBytes.attack(
            serializer.toBinary(message),
            random,
            50,
            NotSerializableException.class,
            bad -> serializer.toBinary(serializer.fromBinary(bad, manifest)));
      } catch (AssertionError e) {
        throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
      }
    }
  }
}
