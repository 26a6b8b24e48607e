package dev.synod.crdt.actor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Behind;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Taken;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.Standing;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Between replicators")
class ReplicatorSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create("golden");
  private static final ReplicaId A = new ReplicaId(7);
  private static final ReplicaId B = new ReplicaId(8);

  private static final Standing STANDING =
      new Standing(
          4,
          3,
          9,
          VersionVector.of(A, 5),
          new TreeMap<>(Map.of("n", A, "m", B)),
          new TreeSet<>(List.of(new ReplicaId(5))),
          VersionVector.of(new ReplicaId(6), 77),
          2);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Map<String, PeerMessage> samples() {
    var samples = new LinkedHashMap<String, PeerMessage>();
    samples.put("who", new Who("n", A, 9));
    samples.put("here", new Here("n", A, B, 9));
    samples.put("whole", new Whole(A, B, 0, Bytes.utf8("m")));
    samples.put("piece", new Piece(A, B, 0, 5, 10, 20, Bytes.utf8("p")));
    samples.put("taken", new Taken(A, B, 5, 10));
    samples.put("later-whole", new Whole(A, B, 3, Bytes.utf8("m")));
    samples.put("later-piece", new Piece(A, B, 3, 5, 10, 20, Bytes.utf8("p")));
    samples.put("behind", new Behind(A, B, 4));
    samples.put("news", new News(A, B, STANDING));
    return samples;
  }

  private static SerializerWithStringManifest serializer() throws NotSerializableException {
    return (SerializerWithStringManifest)
        SerializationExtension.get(KIT.system()).serializerFor(PeerMessage.class);
  }

  private static List<String> kept() throws IOException {
    try (var in = ReplicatorSerializerTest.class.getResourceAsStream("/wire/replicator.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void golden() throws Exception {
    var serializer = serializer();
    assertThat(serializer.identifier()).isEqualTo(ReplicatorSerializer.IDENTIFIER);
    var written =
        samples().entrySet().stream()
            .map(
                sample ->
                    "%s %s %s"
                        .formatted(
                            sample.getKey(),
                            serializer.manifest(sample.getValue()),
                            HexFormat.of().formatHex(serializer.toBinary(sample.getValue()))))
            .toList();

    assertThat(written).isEqualTo(kept());
    for (String line : kept()) {
      var words = line.split(" ");
      assertThat(serializer.fromBinary(HexFormat.of().parseHex(words[2]), words[1]))
          .isEqualTo(samples().get(words[0]));
    }
  }

  @Test
  @DisplayName("what can't be right is refused in words")
  void refused() throws NotSerializableException {
    refused("W", "00016e0000000700000000000009", "ends too early");
    refused("W", "0001ff000000070000000000000009", "no UTF-8");
    refused("M", "ffffffff00000008000000016d", "not negative");
    refused("P", "00000007000000080000000000000005000000140000001400000001" + "70", "no piece");
    refused("G", "0000000000000000" + "0000000700000008000000016d", "first generation");
    refused("X", "", "no such message is known");
  }

  private static void refused(String manifest, String hex, String reason)
      throws NotSerializableException {
    var serializer = serializer();
    assertThatThrownBy(() -> serializer.fromBinary(HexFormat.of().parseHex(hex), manifest))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining(reason);
  }
}
