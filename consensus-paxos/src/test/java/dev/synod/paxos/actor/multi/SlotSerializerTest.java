package dev.synod.paxos.actor.multi;

import static dev.synod.paxos.actor.multi.SlotSamples.B5;
import static dev.synod.paxos.actor.multi.SlotSamples.B6;
import static dev.synod.paxos.actor.multi.SlotSamples.B7;
import static dev.synod.paxos.actor.multi.SlotSamples.E301;
import static dev.synod.paxos.actor.multi.SlotSamples.E302;
import static dev.synod.paxos.actor.multi.SlotSamples.E303;
import static dev.synod.paxos.actor.multi.SlotSamples.E306;
import static dev.synod.paxos.actor.multi.SlotSamples.S1;
import static dev.synod.paxos.actor.multi.SlotSamples.entry;
import static dev.synod.paxos.actor.multi.SlotSamples.promise;
import static dev.synod.paxos.actor.multi.SlotSamples.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.paxos.actor.WireChecks;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Canvass;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Learn;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotMessage.ReadSlotReply;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
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

@DisplayName("Between replicas of a Multi-Paxos log")
class SlotSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private static final SlotSerializer SERIALIZER =
      (SlotSerializer)
          SerializationExtension.get(KIT.system())
              .findSerializerFor(new FromReplica(1, new Learn(S1, 1)));

  private static final long ROUND_MAX = Long.MAX_VALUE / 2;
  private static final long SLOT_MAX = Long.MAX_VALUE / 2;

  /** Where the ballot's round stands, after incarnation and sender. */
  private static final int ROUND_AT = 24;

  /** Where a message's own fields begin, after the ballot. */
  private static final int FIELDS_AT = 48;

  /** Of a message that has nothing between its ballot and its entries but one long. */
  private static final int ENTRIES_AT = FIELDS_AT + 8;

  private static final int RUNS_AT = FIELDS_AT + 24;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> all() throws IOException {
    var golden = WireChecks.golden("/wire/slots.txt");
    return SlotSamples.all().entrySet().stream()
        .map(
            sample ->
                Arguments.of(
                    sample.getKey(),
                    new FromReplica(-7, sample.getValue()),
                    golden.getOrDefault(sample.getKey(), "not stored")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("each message has the bytes that are stored, and comes back from them")
  void goldenBytes(String name, FromReplica message, String golden) throws Exception {
    WireChecks.isStoredAs(golden, message, SERIALIZER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("a message that ends too early, or goes on too long, is refused")
  void otherLengthsAreRefused(String name, FromReplica message, String golden) {
    WireChecks.hasOneLength(message, SERIALIZER);
  }

  @Test
  @DisplayName("no kind of message is without a sample")
  void allAreSampled() {
    var sampled =
        SlotSamples.all().values().stream().map(Object::getClass).collect(Collectors.toSet());
    var kinds =
        Arrays.stream(SlotMessage.class.getPermittedSubclasses())
            .flatMap(group -> Arrays.stream(group.getPermittedSubclasses()))
            .toArray(Class<?>[]::new);

    assertThat(sampled).containsExactlyInAnyOrder(kinds);
  }

  @Test
  @DisplayName("the highest rounds and slots that the rules can count with come back")
  void bounds() throws Exception {
    var highest = new Ballot(ROUND_MAX, S1);
    var last = entry(SLOT_MAX, "the last");

    for (SlotMessage message :
        List.of(
            new Nack(S1, new Ballot(1, S1), highest),
            new Accept(S1, highest, List.of(last), SLOT_MAX),
            new Promise(S1, highest, 1, Long.MAX_VALUE, List.of(vote(highest, last)), 0),
            new Accepted(S1, highest, 1, SLOT_MAX, SLOT_MAX))) {
      var fromReplica = new FromReplica(Long.MIN_VALUE, message);
      assertThat(
              SERIALIZER.fromBinary(
                  SERIALIZER.toBinary(fromReplica), SERIALIZER.manifest(fromReplica)))
          .isEqualTo(fromReplica);
    }
  }

  static Stream<Arguments> beyondBounds() {
    var tooHigh = new Ballot(ROUND_MAX + 1, S1);
    return Stream.of(
        refused("a ballot's round", new Canvass(S1, tooHigh, 1)),
        refused("a ballot's round", new Canvass(S1, Ballot.ZERO, 1)),
        refused("a ballot's round", new Nack(S1, B7, tooHigh)),
        refused("a ballot's round", promise(310, vote(Ballot.ZERO, E301))),
        refused("a ballot's round", promise(310, vote(tooHigh, E301))),
        refused("a slot is from 1", new Prepare(S1, B7, 0)),
        refused("a slot is from 1", new Prepare(S1, B7, SLOT_MAX + 1)),
        refused("a slot is from 1", new Learn(S1, -1)),
        refused("a slot is from 1", new Learned(S1, List.of(entry(0, "")))),
        refused("a slot is from 1", new Accept(S1, B7, List.of(entry(Long.MIN_VALUE, "")), 0)),
        refused(
            "a slot is from 1",
            new Accept(S1, B7, List.of(entry(SLOT_MAX, ""), entry(SLOT_MAX + 1, "")), 0)),
        refused("a slot is from 1", new Accepted(S1, B7, 0, 4, 0)),
        refused("a slot is from 1", new Accepted(S1, B7, 1, Long.MAX_VALUE, 0)),
        refused("slots from 5 to 4", new Accepted(S1, B7, 5, 4, 0)),
        refused("a slot is from 1", promise(SLOT_MAX + 1)),
        refused("slots from 301 to 300", promise(300)),
        refused("chosen up to", new Promise(S1, B7, 301, 310, List.of(), -1)),
        refused("chosen up to", new Promise(S1, B7, 301, 310, List.of(), SLOT_MAX + 1)),
        refused("chosen up to", new Accept(S1, B7, List.of(E301), -1)),
        refused("chosen up to", new Lead(S1, B7, 17, -1)),
        refused("chosen up to", new ReadSlotReply(S1, 42, -1)),
        refused("a round of reads", new Lead(S1, B7, -1, 0)),
        refused("a round of reads", new LeadReply(S1, B7, -1, 0)));
  }

  static Stream<Arguments> unorderedVotes() {
    return Stream.of(
        refused(
            "from 301 to 301 where those from 304", promise(310, vote(B5, E303), vote(B5, E301))),
        refused(
            "from 301 to 301 where those from 302", promise(310, vote(B5, E301), vote(B6, E301))),
        refused("from 300 to 301", promise(310, vote(B5, entry(300, "")), vote(B5, E301))),
        refused("from 306 to 306", promise(305, vote(B5, E301), vote(B5, E306))),
        refused("from 301 to 302", promise(301, vote(B5, E301), vote(B5, E302))));
  }

  private static Arguments refused(String why, SlotMessage message) {
    return Arguments.of(why, message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"beyondBounds", "unorderedVotes"})
  @DisplayName("what the rules could not count with is refused in words")
  void badValuesAreRefused(String why, SlotMessage message) {
    var fromReplica = new FromReplica(1, message);

    WireChecks.isRefused(
        why, SERIALIZER.toBinary(fromReplica), SERIALIZER.manifest(fromReplica), SERIALIZER);
  }

  static Stream<Arguments> badBytes() {
    var canvass = new Canvass(S1, B7, 301);
    var accept = new Accept(S1, B7, List.of(E301), 300);
    var promise = promise(310, vote(B5, E301));
    var learned = new Learned(S1, List.of(E301));
    int ofRun = RUNS_AT + 4;
    return Stream.of(
        bytes("a ballot's round", canvass, bytes -> bytes.putLong(ROUND_AT, -1)),
        bytes("no entries", accept, bytes -> without(bytes, ENTRIES_AT + 8)),
        bytes("no entries", learned, bytes -> without(bytes, ROUND_AT + 9)),
        bytes("a count of -1", accept, bytes -> bytes.putInt(ENTRIES_AT + 8, -1)),
        bytes("a count of 2", accept, bytes -> bytes.putInt(ENTRIES_AT + 8, 2)),
        bytes("a term", accept, bytes -> bytes.putLong(ENTRIES_AT + 12, -1)),
        bytes("entry kind 99", accept, bytes -> bytes.put(ENTRIES_AT + 20, (byte) 99)),
        bytes("witnessed", accept, bytes -> bytes.put(ENTRIES_AT + 20, (byte) 5)),
        bytes("a count of 6", accept, bytes -> bytes.putInt(ENTRIES_AT + 21, 6)),
        bytes("4 bytes follow", accept, bytes -> bytes.putInt(ENTRIES_AT + 21, 1)),
        bytes("a count of -1", promise, bytes -> bytes.putInt(RUNS_AT, -1)),
        bytes("a count of 1073741824", promise, bytes -> bytes.putInt(RUNS_AT, 1 << 30)),
        bytes("a ballot's round", promise, bytes -> bytes.putLong(ofRun, -1)),
        bytes("a slot is from 1", promise, bytes -> bytes.putLong(ofRun + 24, 0)),
        bytes("no entries", promise, bytes -> bytes.putInt(ofRun + 32, 0)),
        bytes("a count of 1073741824", promise, bytes -> bytes.putInt(ofRun + 32, 1 << 30)));
  }

  private interface Damage {
    ByteBuffer on(ByteBuffer bytes);
  }

  private static Arguments bytes(String why, SlotMessage message, Damage damage) {
    return Arguments.of(why, message, damage);
  }

  /** No entries, and nothing after that. */
  private static ByteBuffer without(ByteBuffer bytes, int countAt) {
    return bytes.putInt(countAt, 0).limit(countAt + 4);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badBytes")
  @DisplayName("bytes that no replica would send are refused in words")
  void badBytesAreRefused(String why, SlotMessage message, Damage damage) {
    var fromReplica = new FromReplica(1, message);
    var damaged = damage.on(ByteBuffer.wrap(SERIALIZER.toBinary(fromReplica)));
    byte[] bytes = new byte[damaged.limit()];
    damaged.get(0, bytes);

    WireChecks.isRefused(why, bytes, SERIALIZER.manifest(fromReplica), SERIALIZER);
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
  void badEntriesAreNotSent() {
    for (SlotMessage message :
        List.of(
            new Accept(S1, B7, List.of(E301, E303), 300), new Learned(S1, List.of(E303, E302)))) {
      assertThatThrownBy(() -> SERIALIZER.toBinary(new FromReplica(1, message)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
