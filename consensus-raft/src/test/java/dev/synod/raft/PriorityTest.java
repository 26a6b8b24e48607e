package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.term;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server of a higher priority leads")
class PriorityTest {

  /** Of {@code Priority.CALM_CHECKS}. */
  private static final int CALM_CHECKS = 10;

  @Test
  @DisplayName("once it was well for ten checks of the quorum in a row")
  void handsOverToTheHigher() {
    var cluster = wanted(1, 5, 1);
    cluster.elect(S1);

    calm(cluster, S1, CALM_CHECKS - 1);
    assertThat(cluster.node(S1).role).isInstanceOf(Leader.class);
    calm(cluster, S1, 1);

    assertThat(cluster.node(S2).role).isInstanceOf(Leader.class);
    assertThat(cluster.node(S2).role.term()).isEqualTo(term(2));
  }

  @Test
  @DisplayName("and it keeps the lead: nobody hands over to an equal or a lower one")
  void keepsTheLead() {
    var cluster = wanted(1, 5, 5);
    cluster.elect(S2);

    calm(cluster, S2, 3 * CALM_CHECKS);

    assertThat(cluster.node(S2).role).isInstanceOf(Leader.class);
    assertThat(cluster.node(S2).role.term()).isEqualTo(term(1));
  }

  @Test
  @DisplayName("but not while it is missed at a check, or behind")
  void notWhileItIsMissed() {
    var cluster = wanted(1, 5, 1);
    cluster.elect(S1);

    calm(cluster, S1, CALM_CHECKS - 1);
    cluster.cutOff(S2);
    calm(cluster, S1, 1);
    cluster.heal();
    calm(cluster, S1, CALM_CHECKS - 1);

    assertThat(cluster.node(S1).role).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("one that lets the group down has to be well for twice as long the next time")
  void letsDown() {
    var cluster = wanted(1, 5, 1);
    cluster.elect(S1);
    calm(cluster, S1, CALM_CHECKS);
    cluster.cutOff(S2);
    cluster.elect(S1);
    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();

    calm(cluster, S1, 2 * CALM_CHECKS - 1);
    assertThat(cluster.node(S1).role).isInstanceOf(Leader.class);
    calm(cluster, S1, 1);

    assertThat(cluster.node(S2).role).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("with priority 0 it does not stand, but votes, and leads if it is asked to")
  void zeroNeverStands() {
    var cluster = wanted(0, 1, 0);
    cluster.leaderIsSilent();
    cluster.timesOut(S1);
    cluster.deliverAll();
    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);

    cluster.elect(S2);
    cluster.beats(S2);
    cluster.deliverAll();
    assertThat(cluster.leader(S2).bestSuccessor()).isEmpty();
    cluster.node(S2).perform(cluster.leader(S2).transfer(S3, 3));
    cluster.deliverAll();

    assertThat(cluster.node(S3).role).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("with priority 0 it stands all the same if it is the only voter")
  void aloneItStands() {
    var cluster = wanted(0);

    cluster.timesOut(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S1).role).isInstanceOf(Leader.class);
  }

  private static Cluster wanted(int... priorities) {
    var cluster = Cluster.of(priorities.length);
    for (int i = 0; i < priorities.length; i++) {
      cluster.node(StoreId.of(i + 1)).isWanted(priorities[i]);
    }
    return cluster;
  }

  /** So many times: heartbeats are answered, then the quorum is checked. */
  private static void calm(Cluster cluster, StoreId leader, int checks) {
    for (int i = 0; i < checks; i++) {
      cluster.beats(leader);
      cluster.deliverAll();
      cluster.checksQuorum(leader);
      cluster.deliverAll();
    }
  }
}
