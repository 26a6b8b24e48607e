package dev.synod.raft.actor;

import static dev.synod.raft.actor.ShellFixture.S1;
import static dev.synod.raft.actor.ShellFixture.S2;
import static dev.synod.raft.actor.ShellFixture.S3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.rules.TermState;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica among witnesses, or one itself, as an actor")
class WitnessShellTest {

  private static final Term T1 = new Term(1);

  private final ShellFixture node = new ShellFixture();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @DisplayName("a leader sends a witness where entries stand, and the others what they say")
  void leaderStrips() {
    node.witnessedBy(S3).startLeader();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.fromPeer(new AppendAccepted(S3, T1, 1));
    node.propose(1, 2);

    var full = untilEntries(node.s2);
    var witnessed = untilEntries(node.s3);

    assertThat(full).extracting(Entry::kind).containsOnly(EntryKind.COMMAND);
    assertThat(full).extracting(one -> one.payload().asUtf8()).contains("c1");
    assertThat(witnessed).extracting(Entry::kind).containsOnly(EntryKind.WITNESSED);
    assertThat(witnessed)
        .extracting(Entry::position)
        .isEqualTo(full.stream().map(Entry::position).toList());
  }

  @Test
  @DisplayName("a witness refuses reads of every kind, and watches, and names the leader")
  void refusesReads() {
    node.witnessedBy(S1).start();
    node.fromPeer(new Heartbeat(S2, T1, 0, 1));
    node.settle();
    assertThat(node.status().role()).isEqualTo("witness");
    var kinds =
        List.of(
            Read.stale(),
            Read.atLeast(0),
            Read.atLeast(7),
            Read.bounded(Duration.ofSeconds(9)),
            Read.lease(),
            Read.linearizable());
    for (int tag = 0; tag < kinds.size(); tag++) {
      node.ask(tag, kinds.get(tag));
      var answers = node.client.receiveMessage();

      assertThat(answers.leader()).contains(node.s2.getRef());
      assertThat(answers.answers()).extracting(Answer::tag).containsExactly((long) tag);
      assertThat(answers.answers().get(0).outcome())
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.reason()).isEqualTo(Reason.NO_LEADER);
                assertThat(rejected.text()).contains("is a witness");
              });
    }
    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("a witness hears of entries, keeps that it is one, and tells that it has them")
  void takesEntries() {
    node.witnessedBy(S1).start();
    node.fromPeer(witnessed());
    node.settle();
    node.log.becomeDurable();

    assertThat(node.expectToldBy(node.s2, AppendAccepted.class).matchIndex()).isEqualTo(1);
    assertThat(node.log.saved().map(TermState::decode).orElseThrow().witness()).isTrue();
    assertThat(node.status().role()).isEqualTo("witness");
  }

  @Test
  @DisplayName("a full replica that is sent entries without payload stops, and acknowledges none")
  void misfit() {
    node.start();
    node.fromPeer(witnessed());
    node.settle();
    node.log.becomeDurable();

    assertThat(node.status().role()).isEqualTo("failed");
    assertThat(node.status().trouble()).get().asString().contains("empty its data directory");
    assertThat(node.log.last()).isEqualTo(LogPosition.ZERO);
    node.s2.expectNoMessage();
  }

  @Test
  @DisplayName("a full replica that finds a snapshot without state stops at its start")
  void misfitAtStart() {
    node.startStateless(new LogPosition(9, T1));

    assertThat(node.status().role()).isEqualTo("failed");
  }

  @Test
  @DisplayName("a witness that crashed between its snapshot and its mark makes up for it")
  void markIsMadeUpFor() {
    node.witnessedBy(S1).startStateless(new LogPosition(9, T1));

    assertThat(node.log.saved().map(TermState::decode).orElseThrow().witness()).isTrue();
    assertThat(node.status().role()).isEqualTo("witness");
  }

  private static AppendEntries witnessed() {
    var entry = new Entry(1, T1, EntryKind.COMMAND, Bytes.utf8("x")).witnessed();
    return new AppendEntries(S2, T1, LogPosition.ZERO, List.of(entry), 0);
  }

  private List<Entry> untilEntries(TestProbe<ReplicaMessage> peer) {
    while (true) {
      if (node.expectToldBy(peer, RaftMessage.class) instanceof AppendEntries append
          && append.entries().stream().anyMatch(one -> one.index() > 1)) {
        return append.entries();
      }
    }
  }
}
