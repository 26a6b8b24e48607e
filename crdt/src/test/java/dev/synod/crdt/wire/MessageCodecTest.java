package dev.synod.crdt.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.KeyVersion;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;
import dev.synod.crdt.protocol.ReplicationMessage.NodeSum;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages between replicas")
class MessageCodecTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final VersionVector VERSION =
      VersionVector.of(A, 3).with(new Dot(new ReplicaId(300), 70_000));
  private static final CausalToken ELSEWHERE = CausalToken.of(0, VERSION).with(2, VERSION);

  private static List<ReplicationMessage> samples() {
    return List.of(
        new Deltas(
            A,
            5,
            9,
            VERSION,
            List.of(new KeyedDelta("k", 7, Bytes.utf8("v")), new KeyedDelta("ü", 9, Bytes.EMPTY))),
        new Acknowledged(A, 300, true),
        new Trimmed(new ReplicaId(300), 5),
        new Ask(
            A,
            2,
            List.of(0, 17),
            List.of(new LeafVersions(5000, List.of(new KeyVersion("k", VERSION))))),
        new Told(
            A,
            2,
            VERSION,
            List.of(new NodeSum(17, -2)),
            List.of(new KeyedValue("k", VERSION, Bytes.utf8("v"))),
            List.of(0, 5000)),
        new Fetch(A, 3, "k", VERSION),
        new Fetched(A, 3, Optional.of(new KeyedValue("k", VERSION, Bytes.utf8("v")))),
        new Deltas(A, 5, 9, VERSION, ELSEWHERE, List.of(new KeyedDelta("k", 7, Bytes.utf8("v")))),
        new Told(A, 2, VERSION, ELSEWHERE, List.of(new NodeSum(17, -2)), List.of(), List.of(0)),
        new Intervals(
            List.of(
                new Deltas(A, 5, 6, VERSION, List.of(new KeyedDelta("k", 6, Bytes.utf8("v")))),
                new Deltas(A, 7, 7, VERSION, ELSEWHERE, List.of()),
                new Deltas(A, 8, 9, VERSION, List.of(new KeyedDelta("ü", 9, Bytes.utf8("w")))))));
  }

  @Test
  @DisplayName("are written as the kept samples say, and read again")
  void golden() throws IOException {
    List<String> kept;
    try (var in = MessageCodecTest.class.getResourceAsStream("/crdt-messages-1.txt")) {
      kept =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    var written =
        samples().stream()
            .map(
                message ->
                    message.getClass().getSimpleName()
                        + " "
                        + HexFormat.of().formatHex(MessageCodec.encode(message).toArray()))
            .toList();

    assertThat(written).isEqualTo(kept);
    for (var message : samples()) {
      assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  @DisplayName("that are damaged are refused in words, or mean what exactly these bytes say")
  void damaged() {
    for (var message : samples()) {
      var random = new Random(5);
      for (int i = 0; i < 5000; i++) {
        byte[] bytes = MessageCodec.encode(message).toArray().clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
          default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xFF);
        }
        try {
          var read = MessageCodec.decode(Bytes.wrap(bytes));
          assertThat(MessageCodec.encode(read)).isEqualTo(Bytes.wrap(bytes));
        } catch (IllegalArgumentException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  @DisplayName("of another version or kind are refused")
  void refused() {
    refused("024101", "of version 2");
    refused("012001", "of unknown kind 32");
    refused("01410105", "end too early");
    refused("0141010502", "neither yes nor no");
    refused("014101050000", "bytes follow the end");
    refused("01400105ffffffffffffffff1f0000", "beyond the last one");
    refused("0140010504000101" + "6b" + "0a00", "not of its interval");
    refused("01470105040000" + "00", "changes of other shards that are none");
    refused("01470105040001" + "00" + "00", "a token whose last shard is empty");
    refused("01480102" + "00" + "00" + "000000", "changes of other shards that are none");
    refused("0149010501" + "00000000", "2 to 16 intervals go in one message, not 1");
    refused("0149010511" + "00000000".repeat(17), "more intervals than go in one message");
    refused("0149010002" + "00000000".repeat(2), "no interval: 0 to 0");
    refused("0149010502" + "00000000" + "00000001016b0500", "a change that is not of its interval");
  }

  private static void refused(String hex, String reason) {
    assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
