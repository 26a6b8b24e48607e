package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.S4;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.commits;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.propose;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.rules.Effect.ConfirmRead;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §8 and thesis §6.4 Client interaction: reads without a log entry")
class Raft8ClientsTest {

  @Test
  @DisplayName("a leader begins its term with a no-op, so as to learn what is committed")
  void noOpAtTermStart() {
    var log = log(1, 2);

    leader(5, log);

    assertThat(log.last()).isEqualTo(at(3, 5));
    assertThat(log.entry(3).kind()).isEqualTo(EntryKind.NO_OP);
    assertThat(log.entry(3).payload()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  @DisplayName("no read is confirmed before an entry of the leader's own term is committed")
  void noReadBeforeTheOwnTermCommits() {
    var s1 = leader(5, log(1));

    var asked = checked(s1.read(1));
    var answered = hear(hear(asked.after(), heartbeatReply(S2, 5, 0)).after(), accepted(S1, 5, 2));

    assertThat(asked.effects()).isEmpty();
    assertThat(effects(answered, ConfirmRead.class)).isEmpty();

    var committed = hear(answered.after(), accepted(S2, 5, 2));
    assertThat(commits(committed)).containsExactly(2L);
    assertThat(committed.effects())
        .contains(send(S2, heartbeat(S1, 5, 2, 1)), send(S3, heartbeat(S1, 5, 0, 1)));
    assertThat(effects(committed, ConfirmRead.class)).isEmpty();

    var confirmed = hear(committed.after(), heartbeatReply(S2, 5, 1));
    assertThat(confirmed.effects()).containsExactly(new ConfirmRead(1, 2));
  }

  @Test
  @DisplayName("a read is confirmed by a quorum's answers to a round begun after it arrived")
  void confirmedByARoundBegunAfterwards() {
    var s1 = committing(log());

    var first = checked(s1.read(1));
    var second = checked(((Leader) first.after()).read(2));
    assertThat(messages(first)).containsExactly(heartbeat(S1, 5, 1, 1), heartbeat(S1, 5, 1, 1));
    assertThat(second.effects()).isEmpty();

    var one = hear(second.after(), heartbeatReply(S2, 5, 1));
    assertThat(effects(one, ConfirmRead.class)).containsExactly(new ConfirmRead(1, 1));
    assertThat(messages(one)).containsExactly(heartbeat(S1, 5, 1, 2), heartbeat(S1, 5, 1, 2));

    var late = hear(one.after(), heartbeatReply(S3, 5, 1));
    assertThat(late.effects()).isEmpty();

    var two = hear(late.after(), heartbeatReply(S3, 5, 2));
    assertThat(two.effects()).containsExactly(new ConfirmRead(2, 1));
  }

  @Test
  @DisplayName("one round serves all reads that arrived before it began")
  void oneRoundForManyReads() {
    Role s1 = committing(log());
    for (long read = 1; read <= 10; read++) {
      s1 = checked(((Leader) s1).read(read)).after();
    }

    var first = hear(s1, heartbeatReply(S2, 5, 1));
    var second = hear(first.after(), heartbeatReply(S2, 5, 2));

    assertThat(effects(first, ConfirmRead.class)).hasSize(1);
    assertThat(effects(second, ConfirmRead.class)).hasSize(9);
  }

  @Test
  @DisplayName("a read waits for the commit index of when its round began, not for later ones")
  void readIndexIsThatOfTheRound() {
    var log = log();
    var asked = (Leader) checked(committing(log).read(1)).after();
    var proposed = propose(asked, log, "x");

    var committed = hear(hear(proposed.after(), accepted(S1, 5, 2)).after(), accepted(S2, 5, 2));
    var confirmed = hear(committed.after(), heartbeatReply(S2, 5, 1));

    assertThat(commits(committed)).containsExactly(2L);
    assertThat(effects(confirmed, ConfirmRead.class)).containsExactly(new ConfirmRead(1, 1));
  }

  @Test
  @DisplayName("half of an even group confirms nothing: four servers need two followers' answers")
  void evenGroupsNeedMoreThanHalf() {
    var log = log();
    var s1 = leader(server(S1, 4, log), 5, log);
    var committed =
        hear(
            hear(hear(s1, accepted(S1, 5, 1)).after(), accepted(S2, 5, 1)).after(),
            accepted(S3, 5, 1));
    var asked = checked(((Leader) committed.after()).read(1));

    var one = hear(asked.after(), heartbeatReply(S2, 5, 1));
    var two = hear(one.after(), heartbeatReply(S3, 5, 1));

    assertThat(effects(one, ConfirmRead.class)).isEmpty();
    assertThat(effects(two, ConfirmRead.class)).containsExactly(new ConfirmRead(1, 1));
  }

  @Test
  @DisplayName("the same follower answering twice, a stranger, or an older term confirm nothing")
  void onlyAQuorumOfThisTermConfirms() {
    var log = log();
    var s1 = leader(server(S1, 5, log), 5, log);
    var committed =
        hear(
            hear(hear(s1, accepted(S1, 5, 1)).after(), accepted(S2, 5, 1)).after(),
            accepted(S3, 5, 1));
    Role role = checked(((Leader) committed.after()).read(1)).after();

    for (var reply :
        List.of(
            heartbeatReply(S2, 5, 1),
            heartbeatReply(S2, 5, 1),
            heartbeatReply(STRANGER, 5, 1),
            heartbeatReply(S3, 4, 1))) {
      var step = hear(role, reply);
      assertThat(effects(step, ConfirmRead.class)).isEmpty();
      role = step.after();
    }
    assertThat(effects(hear(role, heartbeatReply(S4, 5, 1)), ConfirmRead.class)).hasSize(1);
  }

  @Test
  @DisplayName(
      "an append's answer is no confirmation: it may answer a message from before the read")
  void appendsDoNotConfirm() {
    var asked = checked(committing(log()).read(1));

    var step = hear(hear(asked.after(), accepted(S2, 5, 1)).after(), accepted(S3, 5, 1));

    assertThat(effects(step, ConfirmRead.class)).isEmpty();
  }

  @Test
  @DisplayName("a lost round is repeated with the next heartbeat")
  void lostRoundsAreRepeated() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.read(S1, 7);
    cluster.lose(e -> e.is(Heartbeat.class));

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S1).confirmedReads).containsExactly(new ConfirmRead(7, 1));
  }

  @Test
  @DisplayName("a group of one confirms reads by itself, once its no-op is durable")
  void groupOfOneConfirmsByItself() {
    var cluster = Cluster.of(1);
    var s1 = cluster.node(S1);
    cluster.timesOut(S1);
    cluster.read(S1, 1);
    cluster.read(S1, 2);

    assertThat(s1.confirmedReads).containsExactly(new ConfirmRead(1, 1), new ConfirmRead(2, 1));
  }

  @Test
  @DisplayName("a group of one does not confirm a read while its no-op is not durable")
  void groupOfOneWaitsForItsDisk() {
    var cluster = Cluster.of(1);
    var s1 = cluster.node(S1);
    s1.diskSyncs(false);
    cluster.timesOut(S1);
    s1.sync();
    cluster.read(S1, 1);
    assertThat(s1.confirmedReads).isEmpty();

    s1.sync();
    assertThat(s1.confirmedReads).containsExactly(new ConfirmRead(1, 1));
  }

  @Test
  @DisplayName("a leader that was replaced, and does not know it, confirms nothing")
  void deposedLeadersConfirmNothing() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S1);
    cluster.elect(S2);
    cluster.propose(S2, "x");
    cluster.deliverAll();

    cluster.read(S1, 7);
    cluster.deliverAll();
    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S1).confirmedReads).isEmpty();
    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);
  }

  /** A leader of term 5 whose no-op, at 1, is committed and known to all three. */
  private static Leader committing(ListLog log) {
    Role role = leader(5, log);
    for (var server : List.of(S1, S2, S3)) {
      role = hear(role, accepted(server, 5, 1)).after();
    }
    return (Leader) role;
  }
}
