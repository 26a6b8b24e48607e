package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.appendsTo;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.entries;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.group;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.installSnapshot;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.progress;
import static dev.synod.raft.RaftFixture.propose;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.sendEntries;
import static dev.synod.raft.RaftFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Progress.Mode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §7 Log compaction")
class Raft7CompactionTest {

  @Test
  @DisplayName("InstallSnapshot, receiver, 1: reply immediately if term < currentTerm")
  void refusesAnOlderTerm() {
    var step = hear(follower(5, log(1)), installSnapshot(S2, 4, at(9, 4)));

    assertThat(step.effects()).containsExactly(send(S2, rejected(S1, 5, 9, at(1, 1))));
  }

  @Test
  @DisplayName(
      "6 to 8: the snapshot replaces the log up to its place, and the state machine's state")
  void installs() {
    var step = hear(follower(5, log(1)), installSnapshot(S2, 5, at(9, 4)));

    assertThat(step.effects())
        .containsExactly(
            Timer.RESTART_ELECTION,
            Timer.RESTART_STICKINESS,
            new Effect.Install(at(9, 4), group(3)),
            whenDurable(S2, accepted(S1, 5, 9)));
    assertThat(step.after().commitIndex()).isEqualTo(9);
    assertThat(step.after().leader()).contains(S2);
  }

  @Test
  @DisplayName("6: entries after one that equals the snapshot's last are kept")
  void keepsWhatFollowsTheSnapshot() {
    var log = log(1, 1, 4, 4);

    hear(follower(5, log), installSnapshot(S2, 5, at(3, 4))).effects().forEach(log::perform);

    assertThat(log.base()).isEqualTo(at(3, 4));
    assertThat(log.last()).isEqualTo(at(4, 4));
  }

  @Test
  @DisplayName("7: a log that does not hold the snapshot's last entry is dropped whole")
  void dropsALogThatDiffers() {
    var log = log(1, 1, 2, 2);

    hear(follower(5, log), installSnapshot(S2, 5, at(3, 4))).effects().forEach(log::perform);

    assertThat(log.last()).isEqualTo(at(3, 4));
  }

  @Test
  @DisplayName(
      "a snapshot behind what is committed is old: nothing is installed, and it says how far it is")
  void ignoresAnOldSnapshot() {
    var step = hear(following(S2, 5, log(1, 1, 1), 3), installSnapshot(S2, 5, at(2, 1)));

    assertThat(effects(step, Effect.Install.class)).isEmpty();
    assertThat(messages(step)).containsExactly(accepted(S1, 5, 3));
  }

  @Test
  @DisplayName("a leader whose log no longer has what a follower lacks sends the snapshot, once")
  void sendsASnapshotWhenCompacted() {
    var log = ListLog.after(at(10, 3), 4);
    var s1 = leader(5, log);

    var step = hear(s1, rejected(S2, 5, 11, at(2, 1)));
    var more = propose((Leader) step.after(), log, "x");

    assertThat(effects(step, Effect.SendSnapshot.class))
        .containsExactly(new Effect.SendSnapshot(S2));
    assertThat(appendsTo(S2, step)).isEmpty();
    assertThat(progress(step.after(), S2).mode()).isEqualTo(Mode.SNAPSHOT);
    assertThat(effects(more, Effect.SendSnapshot.class)).isEmpty();
    assertThat(appendsTo(S2, more)).isEmpty();
  }

  @Test
  @DisplayName("the end of what was compacted is still there to append after: no snapshot for that")
  void appendsRightAfterTheCompacted() {
    var s1 = leader(5, ListLog.after(at(10, 3), 4));

    var step = hear(s1, rejected(S2, 5, 11, at(10, 3)));

    assertThat(appendsTo(S2, step))
        .containsExactly((Effect.SendEntries) sendEntries(S2, 5, at(10, 3), 12, 0));
  }

  @Test
  @DisplayName("a follower that has the snapshot is fed what follows")
  void goesOnAfterTheSnapshot() {
    var log = ListLog.after(at(10, 3), 4);
    var behind = hear(leader(5, log), rejected(S2, 5, 11, at(2, 1))).after();

    var step = checked(((Leader) behind).snapshotDelivered(S2, 10));

    assertThat(appendsTo(S2, step))
        .containsExactly((Effect.SendEntries) sendEntries(S2, 5, at(10, 3), 12, 0));
  }

  @Test
  @DisplayName("its own word that it has the snapshot does as well, whichever comes first")
  void goesOnAfterTheFollowersAnswer() {
    var log = ListLog.after(at(10, 3), 4);
    var behind = hear(leader(5, log), rejected(S2, 5, 11, at(2, 1))).after();

    var answered = hear(behind, accepted(S2, 5, 10));
    var delivered = checked(((Leader) answered.after()).snapshotDelivered(S2, 10));

    assertThat(progress(answered.after(), S2).mode()).isEqualTo(Mode.REPLICATE);
    assertThat(appendsTo(S2, answered)).hasSize(1);
    assertThat(delivered.after()).isEqualTo(answered.after());
  }

  @Test
  @DisplayName("late answers don't end the wait for a snapshot")
  void lateAnswersDoNotEndTheWait() {
    var behind =
        hear(leader(5, ListLog.after(at(10, 3), 4)), rejected(S2, 5, 11, at(2, 1))).after();

    var step = hear(hear(behind, rejected(S2, 5, 11, at(2, 1))).after(), accepted(S2, 5, 2));

    assertThat(progress(step.after(), S2).mode()).isEqualTo(Mode.SNAPSHOT);
  }

  @Test
  @DisplayName("the log was compacted further meanwhile: the follower gets the newer snapshot")
  void sendsANewerSnapshot() {
    var log = ListLog.after(at(10, 3), 4);
    var s1 = (Leader) hear(leader(5, log), rejected(S2, 5, 11, at(2, 1))).after();
    log.compactTo(at(12, 5));

    var step = checked(s1.snapshotDelivered(S2, 10));

    assertThat(effects(step, Effect.SendSnapshot.class))
        .containsExactly(new Effect.SendSnapshot(S2));
  }

  @Test
  @DisplayName("a snapshot that did not arrive is sent again at a heartbeat, not sooner")
  void triesAgainAtAHeartbeat() {
    var behind =
        (Leader)
            hear(leader(5, ListLog.after(at(10, 3), 4)), rejected(S2, 5, 11, at(2, 1))).after();

    var failed = checked(behind.snapshotNotDelivered(S2));
    var beat = checked(((Leader) failed.after()).heartbeatDue());

    assertThat(failed.effects()).isEmpty();
    assertThat(effects(beat, Effect.SendSnapshot.class))
        .containsExactly(new Effect.SendSnapshot(S2));
  }

  @Test
  @DisplayName("a snapshot that did not arrive does not count as having heard its receiver")
  void failedSnapshotsAreNoSignOfLife() {
    var behind =
        (Leader)
            hear(leader(5, ListLog.after(at(10, 3), 4)), rejected(S2, 5, 11, at(2, 1))).after();
    var checkedOnce = (Leader) checked(behind.quorumCheckDue()).after();

    var failed = (Leader) checked(checkedOnce.snapshotNotDelivered(S2)).after();

    assertThat(checked(failed.quorumCheckDue()).after()).isInstanceOf(Follower.class);
  }

  @Test
  @DisplayName("what was sent is compacted before it is answered: the follower gets a snapshot")
  void compactedWhileInFlight() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.propose(S1, "a");
    cluster.lose(e -> e.to().equals(S3));
    cluster.deliverAll();
    cluster.compact(S1, 2);

    cluster.beats(S1);
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.deliverSnapshots(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S3).log.base()).isEqualTo(at(2, 1));
    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(2);
    assertThat(progress(cluster.leader(S1), S3).match()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "the answer to a snapshot gets lost on an idle group: the leader asks at its heartbeat")
  void lostAnswerToASnapshot() {
    var cluster = behindAnIdleLeader();
    cluster.deliverSnapshots(S1);
    cluster.lose(any -> true);

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(progress(cluster.leader(S1), S3).match()).isEqualTo(3);
    assertThat(progress(cluster.leader(S1), S3).mode()).isEqualTo(Mode.REPLICATE);
  }

  @Test
  @DisplayName("a snapshot catches a follower up that has nothing, and appends go on from there")
  void catchesUpFromNothing() {
    var cluster = behindAnIdleLeader();
    cluster.deliverSnapshots(S1);
    cluster.deliverAll();
    cluster.propose(S1, "d");
    cluster.deliverAll();

    assertThat(cluster.node(S3).log.base()).isEqualTo(at(3, 1));
    assertThat(cluster.node(S3).log.last()).isEqualTo(at(4, 1));
    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(4);
  }

  @Test
  @DisplayName("the leader changes while the snapshot is under way: the new leader starts afresh")
  void leaderChangesDuringASnapshot() {
    var cluster = behindAnIdleLeader();
    cluster.elect(S2);
    cluster.propose(S2, "d");
    cluster.deliverAll();
    // The snapshot of the old leader arrives only now.
    cluster.handOver(new Cluster.Envelope(S3, installSnapshot(S1, 1, at(3, 1))));
    cluster.deliverAll();

    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(cluster.committed());
    assertThat(cluster.node(S1).appliedIndex()).isEqualTo(cluster.committed());
  }

  @Test
  @DisplayName("a server with a compacted log starts with all of that committed")
  void compactedIsCommittedAtStart() {
    var s1 = follower(5, ListLog.after(at(10, 3), 4));

    assertThat(s1.commitIndex()).isEqualTo(10);
  }

  @Test
  @DisplayName("a leader elected with a compacted log brings everybody up to it")
  void leaderWithACompactedLog() {
    var cluster = Cluster.of(3);
    cluster.node(S1).began(4, ListLog.after(at(5, 3), 4));
    cluster.node(S2).began(4, log(1, 1, 3));
    cluster.node(S3).began(4, log(1, 1, 3, 3, 3));

    cluster.elect(S1);
    assertThat(cluster.node(S3).log.last()).isEqualTo(at(7, 5));
    cluster.deliverSnapshots(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S2).log.last()).isEqualTo(at(7, 5));
    assertThat(cluster.node(S2).appliedIndex()).isEqualTo(7);
  }

  @Test
  @DisplayName("an append that begins inside what is compacted here adds only what follows")
  void appendsAcrossTheSnapshot() {
    var log = ListLog.after(at(3, 1));

    var step = hear(follower(5, log), append(S2, 5, at(1, 1), 5, 1, 1, 5, 5));

    assertThat(effects(step, Effect.Append.class))
        .containsExactly(new Effect.Append(entries(at(3, 1), 5, 5)));
    assertThat(messages(step)).containsExactly(accepted(S1, 5, 5));
  }

  /** S1 has compacted its whole log of three; S3 has none of it; nobody proposes anything. */
  private static Cluster behindAnIdleLeader() {
    var cluster = Cluster.of(3);
    cluster.cutOff(S3);
    cluster.elect(S1);
    cluster.propose(S1, "b", "c");
    cluster.deliverAll();
    cluster.compact(S1, 3);
    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();
    assertThat(cluster.node(S1).snapshotsDue).containsExactly(S3);
    return cluster;
  }
}
