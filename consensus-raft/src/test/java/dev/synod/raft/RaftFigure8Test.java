package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.S4;
import static dev.synod.raft.RaftFixture.S5;
import static dev.synod.raft.RaftFixture.log;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.ReplicationLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Figure 8: why a leader can't tell from counting whether an entry of an older term is committed.
 * The figure's entry of term 4 is our leader's no-op.
 */
@DisplayName("Raft Figure 8: an entry of an older term on a majority is not committed by that")
class RaftFigure8Test {

  private static final ReplicationLimits ONE_BY_ONE = new ReplicationLimits(1, 100, 1);

  private final Cluster cluster = Cluster.of(5, ONE_BY_ONE);

  /** (a) S1 led in term 2 and replicated its entry partially. (b) S5 led in term 3, alone. */
  @BeforeEach
  void toB() {
    cluster.node(S1).began(3, log(1, 2));
    cluster.node(S2).began(3, log(1, 2));
    cluster.node(S3).began(3, log(1));
    cluster.node(S4).began(3, log(1));
    cluster.node(S5).began(3, log(1, 3));
  }

  /** (c) S1 leads in term 4; the entry of term 2 is now on S1, S2 and S3. */
  private void toC() {
    cluster.cutOff(S4, S5);
    cluster.timesOut(S1);
    cluster.deliver(e -> !e.is(AppendEntries.class));
    // S3 refuses to take the no-op behind what it lacks, then takes the entry of term 2.
    cluster.deliverOne(e -> e.goes(S1, S3));
    cluster.deliverOne(e -> e.goes(S3, S1));
    cluster.deliverOne(e -> e.goes(S1, S3));
    cluster.deliverOne(e -> e.goes(S3, S1));
    assertThat(cluster.leader(S1).term().number()).isEqualTo(4);
    assertThat(cluster.node(S1).disk().terms()).containsExactly(1L, 2L, 4L);
    assertThat(cluster.node(S2).disk().terms()).containsExactly(1L, 2L);
    assertThat(cluster.node(S3).disk().terms()).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("(c) the entry of term 2 is on a majority, but it is not committed")
  void onAMajorityButNotCommitted() {
    toC();

    assertThat(cluster.leader(S1).commitIndex()).isZero();
    assertThat(cluster.committed()).isZero();
  }

  @Test
  @DisplayName("(d) S1 crashes; S5 is elected by S2, S3 and S4, and overwrites the entry of term 2")
  void overwritten() {
    toC();
    cluster.lose(any -> true);
    cluster.heal();
    cluster.cutOff(S1);
    cluster.crash(S1);

    // S5 learns of term 4 from those who refuse it first.
    cluster.leaderIsSilent();
    cluster.timesOut(S5);
    cluster.deliverAll();
    cluster.timesOut(S5);
    cluster.deliverAll();

    assertThat(cluster.node(S5).role).isInstanceOf(Leader.class);
    assertThat(cluster.node(S5).role.term().number()).isEqualTo(5);
    for (var server : new StoreId[] {S2, S3, S4, S5}) {
      assertThat(cluster.node(server).log.terms()).containsExactly(1L, 3L, 5L);
    }
    assertThat(cluster.committedAt(2).term().number()).isEqualTo(3);
  }

  @Test
  @DisplayName("(e) S1 replicates an entry of its own term first: both are committed, S5 can't win")
  void committedWithAnEntryOfItsOwnTerm() {
    toC();

    cluster.deliverAll();

    assertThat(cluster.leader(S1).commitIndex()).isEqualTo(3);
    assertThat(cluster.committedAt(2).term().number()).isEqualTo(2);

    cluster.heal();
    cluster.cutOff(S1);
    cluster.crash(S1);
    cluster.leaderIsSilent();
    for (int attempt = 0; attempt < 3; attempt++) {
      cluster.timesOut(S5);
      cluster.deliverAll();
      assertThat(cluster.node(S5).role).isNotInstanceOf(Leader.class);
    }
    cluster.elect(S2);
    assertThat(cluster.node(S5).log.terms()).startsWith(1L, 2L, 4L);
  }
}
