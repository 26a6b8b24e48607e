package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage.Accept;
import dev.synod.paxos.protocol.PaxosMessage.Accepted;
import dev.synod.paxos.protocol.PaxosMessage.Chosen;
import dev.synod.paxos.protocol.PaxosMessage.Nack;
import dev.synod.paxos.protocol.PaxosMessage.Prepare;
import dev.synod.paxos.protocol.PaxosMessage.Promise;
import dev.synod.paxos.protocol.PaxosMessage.ToAcceptor;
import dev.synod.paxos.protocol.PaxosMessage.ToLearner;
import dev.synod.paxos.protocol.PaxosMessage.ToProposer;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Content;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Between proposers, acceptors and learners of registers")
class RegisterSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create("wire");
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  private static final RegisterSerializer SERIALIZER =
      (RegisterSerializer)
          SERIALIZATION.serializerByIdentity().apply(RegisterSerializer.IDENTIFIER);

  private static final StoreId S1 = StoreId.of(1);
  private static final Ballot B7 = new Ballot(7, S1);
  private static final Ballot B5 = new Ballot(5, StoreId.of(2));
  private static final Ballot TOO_HIGH = new Ballot(Long.MAX_VALUE / 2 + 1, S1);
  private static final Content A = Content.of(Bytes.utf8("a"));
  private static final ActorRef<ProposerMessage> PROPOSER = KIT.system().deadLetters();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Object asked(ToAcceptor<Content> request) {
    return new AcceptorMessage.Hear("stock/7", request, PROPOSER);
  }

  private static Object answered(ToProposer<Content> answer) {
    return new ProposerMessage.Hear("stock/7", answer);
  }

  private static Object learned(ToLearner<Content> message) {
    return new LearnerMessage.Hear("stock/7", message);
  }

  private static Map<String, Object> samples() {
    var samples = new TreeMap<String, Object>();
    samples.put("prepare", asked(new Prepare<>(B7)));
    samples.put("accept", asked(new Accept<>(B7, A)));
    samples.put("accept-nothing", asked(new Accept<>(B7, Content.NOTHING)));
    samples.put("promise", answered(new Promise<>(S1, B7, Optional.of(new Vote<>(B5, A)))));
    samples.put("promise-without-vote", answered(new Promise<>(S1, B7, Optional.empty())));
    samples.put("accepted", answered(new Accepted<>(S1, B7, A)));
    samples.put("nack", answered(new Nack<>(S1, B5, B7)));
    samples.put("learn-accepted", learned(new Accepted<>(S1, B7, A)));
    samples.put("learn-chosen", learned(new Chosen<>(B7, Content.NOTHING)));
    return samples;
  }

  static Stream<Arguments> all() throws IOException {
    var golden = WireChecks.golden("/wire/registers.txt");
    return samples().entrySet().stream()
        .map(
            sample ->
                Arguments.of(
                    sample.getKey(),
                    sample.getValue(),
                    golden.getOrDefault(sample.getKey(), "not stored")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void goldenBytes(String name, Object message, String golden) throws Exception {
    WireChecks.isStoredAs(golden, message, SERIALIZER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message is one that Pekko sends by this serializer")
  void isBound(String name, Object message, String golden) {
    var serializer = SERIALIZATION.findSerializerFor(message);

    assertThat(serializer).isInstanceOf(RegisterSerializer.class);
    assertThat(golden).startsWith(Serializers.manifestFor(serializer, message) + " ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("a message that ends too early, or goes on too long, is refused")
  void otherLengthsAreRefused(String name, Object message, String golden) {
    WireChecks.hasOneLength(message, SERIALIZER);
  }

  static Stream<Arguments> beyondBounds() {
    return Stream.of(
        Arguments.of("a ballot's round", asked(new Prepare<>(TOO_HIGH))),
        Arguments.of("a ballot's round", asked(new Accept<>(Ballot.ZERO, A))),
        Arguments.of("a ballot's round", answered(new Nack<>(S1, B5, TOO_HIGH))),
        Arguments.of(
            "a ballot's round",
            answered(new Promise<>(S1, B7, Optional.of(new Vote<>(Ballot.ZERO, A))))),
        Arguments.of("a key is 1 to 512 bytes, but got 0", named("")),
        Arguments.of("a key is 1 to 512 bytes, but got 514", named("ü".repeat(257))));
  }

  private static Object named(String key) {
    return new LearnerMessage.Hear(key, new Chosen<>(B7, A));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("beyondBounds")
  @DisplayName("what the rules could not count with is refused in words")
  void badValuesAreRefused(String why, Object message) {
    WireChecks.isRefused(
        why, SERIALIZER.toBinary(message), SERIALIZER.manifest(message), SERIALIZER);
  }

  @Test
  @DisplayName("an unknown message is refused by name")
  void unknownIsRefused() {
    assertThatThrownBy(() -> SERIALIZER.fromBinary(new byte[] {0, 1, 'k'}, "ZZ"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("ZZ");
  }
}
