package dev.synod.raft.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

@DisplayName("Between Raft servers")
class RaftSerializerTest {

  private static final Configuration CONFIGURATION =
      new Configuration(
          List.of(new Member(StoreId.of(1), new NodeAddress("n1", "pekko://a@n1:1"))));
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final StoreId S1 = StoreId.of(1);
  private static final Term T5 = new Term(5);
  private static final LogPosition LAST = new LogPosition(300, new Term(4));

  private static final RaftSerializer SERIALIZER =
      (RaftSerializer)
          SerializationExtension.get(KIT.system())
              .findSerializerFor(new FromPeer(1, new RaftMessage.TimeoutNow(S1, T5)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> all() throws IOException {
    var golden = golden();
    return messages().entrySet().stream()
        .map(
            message ->
                Arguments.of(
                    message.getKey(),
                    new FromPeer(-7, message.getValue()),
                    golden.getOrDefault(message.getKey(), "not stored")));
  }

  private static Map<String, RaftMessage> messages() {
    var messages = new TreeMap<String, RaftMessage>();
    messages.put("request-pre-vote", new RaftMessage.RequestPreVote(S1, T5, LAST));
    messages.put("pre-vote-reply", new RaftMessage.PreVoteReply(S1, T5, true));
    messages.put("request-vote", new RaftMessage.RequestVote(S1, T5, LAST, true));
    messages.put("vote-reply", new RaftMessage.VoteReply(S1, T5, false));
    messages.put("append-entries", new RaftMessage.AppendEntries(S1, T5, LAST, entries(), 299));
    messages.put("append-nothing", new RaftMessage.AppendEntries(S1, T5, LAST, List.of(), 300));
    messages.put("append-accepted", new RaftMessage.AppendAccepted(S1, T5, 305));
    messages.put("append-rejected", new RaftMessage.AppendRejected(S1, T5, 300, LAST));
    messages.put("heartbeat", new RaftMessage.Heartbeat(S1, T5, 299, 17));
    messages.put("heartbeat-reply", new RaftMessage.HeartbeatReply(S1, T5, 17, 3));
    messages.put("request-read-index", new RaftMessage.RequestReadIndex(S1, T5, 99));
    messages.put("read-index-reply", new RaftMessage.ReadIndexReply(S1, T5, 99, 300));
    messages.put("removal-notice", new RaftMessage.RemovalNotice(S1, T5, 4));
    messages.put("timeout-now", new RaftMessage.TimeoutNow(S1, T5));
    messages.put("append-witnessed", new RaftMessage.AppendEntries(S1, T5, LAST, witnessed(), 299));
    messages.put(
        "install-snapshot", new RaftMessage.InstallSnapshot(S1, T5, LAST, CONFIGURATION, false));
    messages.put(
        "install-stateless", new RaftMessage.InstallSnapshot(S1, T5, LAST, CONFIGURATION, true));
    return messages;
  }

  private static List<Entry> entries() {
    return List.of(
        new Entry(301, new Term(4), EntryKind.COMMAND, Bytes.utf8("add 5")),
        new Entry(302, T5, EntryKind.NO_OP, Bytes.EMPTY),
        new Entry(303, T5, EntryKind.COMMAND, Bytes.utf8("add 7")));
  }

  private static List<Entry> witnessed() {
    return entries().stream().map(Entry::witnessed).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void goldenBytes(String name, FromPeer message, String golden) throws Exception {
    var manifest = SERIALIZER.manifest(message);
    byte[] bytes = SERIALIZER.toBinary(message);

    assertThat(manifest + " " + HexFormat.of().formatHex(bytes)).as(name).isEqualTo(golden);
    assertThat(SERIALIZER.fromBinary(bytes, manifest)).isEqualTo(message);
  }

  @Test
  @DisplayName("no kind of message is without a sample")
  void allAreSampled() {
    var sampled = messages().values().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(sampled).containsExactlyInAnyOrder(RaftMessage.class.getPermittedSubclasses());
  }

  @Test
  @DisplayName("an unknown message is refused by name")
  void unknownIsRefused() {
    assertThatThrownBy(() -> SERIALIZER.fromBinary(new byte[40], "ZZ"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("ZZ");
  }

  @Test
  @DisplayName("entries that do not follow one another are not sent")
  void gapsAreNotSent() {
    var gap = new RaftMessage.AppendEntries(S1, T5, LAST, entries().subList(1, 3), 300);

    assertThatThrownBy(() -> SERIALIZER.toBinary(new FromPeer(1, gap)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, String> golden() throws IOException {
    try (var in = RaftSerializerTest.class.getResourceAsStream("/wire/raft.txt")) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
  }
}
