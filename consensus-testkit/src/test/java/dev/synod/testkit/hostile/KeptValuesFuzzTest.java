package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.synod.actors.node.GroupDescriptions;
import dev.synod.actors.replica.ClosedSessions;
import dev.synod.actors.replica.SnapshotBodies;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.rules.TermState;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each term, membership and list has one encoding, so that what is accepted is what its bytes say:
 * a term, vote, membership or session that was never written can't come from other bytes that look
 * alike.
 */
@DisplayName("Hostile bytes in values that are kept are refused in words")
class KeptValuesFuzzTest {

  private static final Configuration FOUNDERS =
      new Configuration(
          List.of(
              new Member(StoreId.of(1), new NodeAddress("n1", "pekko://shop@10.0.0.1:7355")),
              new Member(StoreId.of(2), new NodeAddress("n2", "pekko://shop@10.0.0.2:7355"))));

  static final Decoder CONFIGURATION = exactly(b -> Configuration.decode(b).encode());
  static final Decoder DESCRIPTION = exactly(GroupDescriptions::again);
  static final Decoder TERM = exactly(b -> TermState.decode(b).encode());
  static final Decoder COMMAND = KeptValuesFuzzTest::commandAgain;
  static final Decoder SESSIONS = exactly(b -> ClosedSessions.decode(b).encode());
  static final Decoder SNAPSHOT = KeptValuesFuzzTest::snapshotAgain;

  private static Decoder exactly(UnaryOperator<Bytes> again) {
    return bytes -> {
      Bytes before = Bytes.wrap(bytes.clone());
      assertThat(again.apply(before)).isEqualTo(before);
      return before;
    };
  }

  /** Numbers and text of a command have several encodings, of the same meaning. */
  private static Object commandAgain(byte[] bytes) {
    var command = EncodedCommand.decode(Bytes.wrap(bytes));
    assertThat(EncodedCommand.decode(command.encode())).isEqualTo(command);
    return command;
  }

  private static Object snapshotAgain(byte[] bytes) throws IOException {
    byte[] once = SnapshotBodies.again(bytes, WireDecoders.serialization());
    assertThat(SnapshotBodies.again(once, WireDecoders.serialization())).isEqualTo(once);
    return once;
  }

  static Stream<byte[]> configurations() {
    return Stream.of(FOUNDERS.encode().toArray());
  }

  static Stream<byte[]> descriptions() {
    return Stream.of(GroupDescriptions.sample(FOUNDERS).toArray());
  }

  static Stream<byte[]> terms() {
    var term = TermState.notVotedIn(new Term(5));
    return Stream.of(term, term.votingFor(StoreId.of(2))).map(state -> state.encode().toArray());
  }

  static Stream<byte[]> commands() {
    return Stream.of(
        new EncodedCommand(300, 7, 5, -3, "add", Bytes.utf8("5")).encode().toArray(),
        new EncodedCommand(1, 1, 1, 9, "", Bytes.EMPTY).encode().toArray());
  }

  static Stream<byte[]> endedSessions() {
    return Stream.of(new ClosedSessions(List.of(3L, 70L)).encode().toArray());
  }

  static Stream<byte[]> snapshots() throws IOException {
    return Stream.of(SnapshotBodies.sample(FOUNDERS, WireDecoders.serialization()));
  }

  @MethodSource("configurations")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void configuration(byte[] bytes) {
    CONFIGURATION.judge(bytes);
  }

  @MethodSource("descriptions")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void description(byte[] bytes) {
    DESCRIPTION.judge(bytes);
  }

  @MethodSource("terms")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void termAndVote(byte[] bytes) {
    TERM.judge(bytes);
  }

  @MethodSource("commands")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void command(byte[] bytes) {
    COMMAND.judge(bytes);
  }

  @MethodSource("endedSessions")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void sessions(byte[] bytes) {
    SESSIONS.judge(bytes);
  }

  @MethodSource("snapshots")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void snapshot(byte[] bytes) {
    SNAPSHOT.judge(bytes);
  }
}
