package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.appendsTo;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.progress;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.sendEntries;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Progress.Mode;
import dev.synod.raft.rules.ReplicationLimits;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** §5.3 and §5.5: RPCs are idempotent, are retried for ever, and come in any order. */
@DisplayName("Raft §5.3, §5.5 Lost, doubled, late and overtaking messages")
class RaftRpcFaultsTest {

  @Test
  @DisplayName("an append that arrives twice changes nothing the second time")
  void doubledAppendsChangeNothing() {
    var log = log(1);
    var said = append(S2, 5, at(1, 1), 2, 5, 5);
    var first = hear(follower(5, log), said);
    first.effects().forEach(log::perform);

    var again = hear(first.after(), said);

    assertThat(again.after()).isEqualTo(first.after());
    assertThat(again.effects()).noneMatch(Promises::isWrite);
    assertThat(messages(again)).containsExactly(accepted(S1, 5, 3));
  }

  @Test
  @DisplayName("appends in every order, each of them twice, end in the leader's log")
  void anyOrderEndsInTheLeadersLog() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      var cluster = Cluster.of(3, new ReplicationLimits(2, 10_000, 8));
      cluster.elect(S1);
      for (int i = 0; i < 10; i++) {
        cluster.propose(S1, "c" + i);
        var doubled = List.copyOf(cluster.inTransit);
        cluster.inTransit.addAll(doubled);
        Collections.shuffle(cluster.inTransit, random);
        for (int some = random.nextInt(8); some > 0; some--) {
          cluster.deliverOne(any -> true);
        }
      }
      cluster.deliverAll();
      cluster.beats(S1);
      cluster.deliverAll();

      for (var node : cluster.nodes()) {
        assertThat(node.log.entries())
            .as("seed %d", seed)
            .isEqualTo(cluster.node(S1).log.entries());
        assertThat(node.appliedIndex()).as("seed %d", seed).isEqualTo(11);
      }
    }
  }

  @Test
  @DisplayName("a refusal that comes late, or twice, moves nothing back that is known to match")
  void lateRefusalsMoveNothingBack() {
    var log = log(1, 1, 1);
    var refused = hear(leader(5, log), rejected(S2, 5, 3, at(1, 1)));
    var matched = hear(refused.after(), accepted(S2, 5, 4));

    var late = hear(matched.after(), rejected(S2, 5, 3, at(1, 1)));

    assertThat(late.after()).isEqualTo(matched.after());
    assertThat(late.effects()).isEmpty();
    assertThat(hear(refused.after(), rejected(S2, 5, 3, at(1, 1))).after())
        .as("the same refusal twice, while probing")
        .isEqualTo(refused.after());
  }

  @Test
  @DisplayName("an acceptance that comes late moves nothing back")
  void lateAcceptancesMoveNothingBack() {
    var matched = hear(leader(5, log(1, 1, 1)), accepted(S2, 5, 4)).after();

    var late = hear(matched, accepted(S2, 5, 2));

    assertThat(late.after()).isEqualTo(matched);
    assertThat(late.effects()).isEmpty();
  }

  @Test
  @DisplayName(
      "a late acceptance while probing leads to no more than a refusal that finds the match")
  void lateAcceptanceWhileProbing() {
    var refused = hear(leader(5, log(1, 1, 1)), rejected(S2, 5, 3, at(2, 1))).after();

    var late = hear(refused, accepted(S2, 5, 1)).after();
    var again = hear(late, rejected(S2, 5, 2, at(1, 1)));

    assertThat(appendsTo(S2, again))
        .containsExactly((Effect.SendEntries) sendEntries(S2, 5, at(1, 1), 4, 0));
  }

  @Test
  @DisplayName("while probing: a lost append is sent again with the next heartbeat")
  void lostProbesAreRepeated() {
    var cluster = Cluster.of(3);
    cluster.timesOut(S1);
    cluster.deliver(e -> !e.is(AppendEntries.class));
    cluster.lose(e -> e.goes(S1, S2));

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S2).log.last()).isEqualTo(at(1, 1));
    assertThat(progress(cluster.leader(S1), S2).mode()).isEqualTo(Mode.REPLICATE);
  }

  @Test
  @DisplayName("while probing: a lost answer is asked for again")
  void lostAnswersToProbesAreAskedForAgain() {
    var cluster = Cluster.of(3);
    cluster.timesOut(S1);
    cluster.deliver(e -> !e.is(AppendAccepted.class));
    cluster.lose(any -> true);

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(progress(cluster.leader(S1), S2).match()).isEqualTo(1);
    assertThat(cluster.committed()).isEqualTo(1);
  }

  @Test
  @DisplayName("in a pipeline: all appends to one follower lost, found and repaired by a heartbeat")
  void lostPipelinesAreFound() {
    var cluster = Cluster.of(3, new ReplicationLimits(1, 10_000, 4));
    cluster.elect(S1);
    for (int i = 0; i < 6; i++) {
      cluster.propose(S1, "c" + i);
    }
    cluster.lose(e -> e.to().equals(S2));
    cluster.deliverAll();
    cluster.lose(any -> true);

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S2).appliedIndex()).isEqualTo(7);
    assertThat(cluster.delivered(AppendRejected.class)).hasSize(1);
  }

  @Test
  @DisplayName(
      "in a pipeline: the first append lost, those after it are refused, and no entry jumps it")
  void firstOfAPipelineLost() {
    var cluster = Cluster.of(3, new ReplicationLimits(1, 10_000, 4));
    cluster.elect(S1);
    cluster.propose(S1, "a");
    cluster.lose(e -> e.goes(S1, S2));
    cluster.propose(S1, "b");
    cluster.propose(S1, "c");

    cluster.deliverAll();

    assertThat(cluster.node(S2).log.entries()).isEqualTo(cluster.node(S1).log.entries());
    assertThat(cluster.node(S2).appliedIndex()).isEqualTo(4);
  }

  @Test
  @DisplayName("in a pipeline: lost answers fill the window only until the next heartbeat")
  void lostAnswersDoNotCloseTheWindowForEver() {
    var cluster = Cluster.of(3, new ReplicationLimits(1, 10_000, 2));
    cluster.elect(S1);
    for (int i = 0; i < 4; i++) {
      cluster.propose(S1, "c" + i);
    }
    cluster.deliver(e -> e.is(AppendEntries.class));
    cluster.lose(e -> e.goes(S2, S1));
    cluster.deliverAll();
    assertThat(cluster.node(S2).log.last().index()).isEqualTo(3);

    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S2).appliedIndex()).isEqualTo(5);
  }

  @Test
  @DisplayName("a follower that lost what it had accepted is asked at heartbeats only, without end")
  void followerThatLostItsLog() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.propose(S1, "x");
    cluster.deliverAll();
    cluster.node(S3).began(1, log());

    for (int beat = 0; beat < 20; beat++) {
      cluster.propose(S1, "y" + beat);
      cluster.deliverAll();
      int refusals = cluster.delivered(AppendRejected.class).size();
      cluster.deliverAll();
      cluster.beatsWithoutCommit(S1, S3);
      cluster.deliverAll();

      assertThat(cluster.delivered(AppendRejected.class).size()).isLessThanOrEqualTo(refusals + 2);
    }

    assertThat(cluster.committed()).isEqualTo(22);
    cluster.elect(S2);
    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(23);
  }

  @Test
  @DisplayName(
      "every message lost half of the time, for long: all is repaired once messages arrive")
  void healsAfterLosses() {
    for (long seed = 1; seed <= 100; seed++) {
      var random = new Random(seed);
      var cluster = Cluster.of(3, new ReplicationLimits(2, 100, 3));
      cluster.elect(S1);
      for (int i = 0; i < 40; i++) {
        cluster.propose(S1, "c" + i);
        cluster.beats(S1);
        cluster.lose(any -> random.nextBoolean());
        for (int some = random.nextInt(10); some > 0; some--) {
          cluster.deliverOne(any -> true);
        }
      }
      cluster.deliverAll();
      // What was lost is found by one heartbeat, sent again by the next, and told by a third.
      for (int beat = 0; beat < 3; beat++) {
        cluster.beats(S1);
        cluster.deliverAll();
      }

      for (var node : cluster.nodes()) {
        assertThat(node.appliedIndex()).as("seed %d, %s", seed, node).isEqualTo(41);
      }
    }
  }
}
