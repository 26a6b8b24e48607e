package dev.synod.crdt.ladder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Kept;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Rows;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.protocol.Rung;
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

@DisplayName("What a ladder's group is told, answers and keeps")
class LadderSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create("golden-ladder");
  private static final ReplicaId A = new ReplicaId(7);
  private static final Bytes VALUE = Bytes.utf8("v");
  private static final CausalToken TOKEN = new CausalToken(VersionVector.of(A, 3));
  private static final Rung MOVING =
      new Rung(
          ConsistencyMode.LINEARIZABLE,
          ConsistencyMode.BOUNDED,
          9,
          4,
          new TreeSet<>(List.of("n")),
          new TreeSet<>(List.of(A)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Map<String, Object> samples() {
    var samples = new LinkedHashMap<String, Object>();
    samples.put("hello", new LadderCommand.Hello("n", A));
    samples.put("evict", new LadderCommand.Evict("n"));
    samples.put("move", new LadderCommand.Move("k", ConsistencyMode.CAUSAL));
    samples.put("joined", new LadderCommand.Joined("k", 9, "n", A, VALUE));
    samples.put("operate", new LadderCommand.Operate("k", "operation", TOKEN));
    samples.put("grant", new LadderCommand.Grant("k", A, 5, 6));
    samples.put("back", new LadderCommand.Back("k", VALUE));
    samples.put("look", new LadderCommand.Look("k"));
    samples.put("table", new LadderCommand.Table());
    samples.put("welcome", welcome());
    samples.put("stands", new LadderReply.Stands(MOVING));
    samples.put("operated", new LadderReply.Operated(TOKEN));
    samples.put(
        "seen", new LadderReply.Seen(Rung.at(ConsistencyMode.EVENTUAL, 9, 9), VALUE, TOKEN));
    samples.put("granted", new LadderReply.Granted(VALUE));
    samples.put("evicted", new LadderReply.Evicted());
    samples.put("refused", new LadderReply.Refused(Reason.NO_RIGHTS, "why"));
    var values = new TreeMap<String, Kept>();
    values.put("k", new Kept(VALUE, TOKEN));
    samples.put("snapshot", new Rows(welcome(), values));
    return samples;
  }

  private static LadderReply.Welcome welcome() {
    var members = new TreeMap<String, ReplicaId>();
    members.put("n", A);
    var rungs = new TreeMap<String, Rung>();
    rungs.put("k", MOVING);
    return new LadderReply.Welcome(members, rungs);
  }

  private static SerializerWithStringManifest serializer() throws NotSerializableException {
    var serialization = SerializationExtension.get(KIT.system());
    var serializer = serialization.serializerFor(LadderCommand.class);
    assertThat(serialization.serializerFor(LadderReply.class)).isSameAs(serializer);
    assertThat(serialization.serializerFor(Rows.class)).isSameAs(serializer);
    return (SerializerWithStringManifest) serializer;
  }

  private static List<String> kept() throws IOException {
    try (var in = LadderSerializerTest.class.getResourceAsStream("/wire/ladder.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  @DisplayName("has the bytes that are stored, and comes back from them")
  void golden() throws Exception {
    var serializer = serializer();
    assertThat(serializer.identifier()).isEqualTo(LadderSerializer.IDENTIFIER);
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
      var words = line.split(" ", -1);
      assertThat(serializer.fromBinary(HexFormat.of().parseHex(words[2]), words[1]))
          .isEqualTo(samples().get(words[0]));
    }
  }

  @Test
  @DisplayName("is refused in words if it can't be right")
  void refused() throws NotSerializableException {
    refused("M", "00016b07", "no such mode: 7");
    refused("H", "00016effffffff", "not negative");
    refused("J", "00016b", "ends too early");
    refused("r", "090000", "no such reason: 9");
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
