package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.log;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.rules.Follower;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
    "Raft Figure 7: when the leader at the top comes to power, followers may be in these states")
class RaftFigure7Test {

  private static final long[] LEADER = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};

  static Stream<Arguments> followers() {
    return Stream.of(
        Arguments.of("(a) misses an entry", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6}),
        Arguments.of("(b) misses many", new long[] {1, 1, 1, 4}),
        Arguments.of("(c) has one too many", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6}),
        Arguments.of("(d) led once", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7}),
        Arguments.of("(e) both", new long[] {1, 1, 1, 4, 4, 4, 4}),
        Arguments.of("(f) led twice, briefly", new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("followers")
  @DisplayName("each becomes the leader's log, after at most two refusals")
  void followerBecomesLikeTheLeader(String name, long[] terms) {
    var cluster = Cluster.of(3);
    cluster.node(S1).began(7, log(LEADER));
    cluster.node(S2).began(7, log(LEADER));
    cluster.node(S3).began(7, log(terms));

    cluster.elect(S1);

    assertThat(cluster.leader(S1).term().number()).isEqualTo(8);
    assertThat(cluster.node(S3).log.entries()).isEqualTo(cluster.node(S1).log.entries());
    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(11);
    assertThat(cluster.delivered(AppendRejected.class)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("all six at once, in a group of seven: the leader wins and all converge")
  void allSixConverge() {
    var cluster = Cluster.of(7);
    cluster.node(S1).began(7, log(LEADER));
    var logs = followers().map(a -> (long[]) a.get()[1]).toList();
    for (int i = 0; i < logs.size(); i++) {
      cluster.node(StoreId.of(i + 2)).began(7, log(logs.get(i)));
    }

    cluster.elect(S1);

    for (var node : cluster.nodes()) {
      assertThat(node.log.terms()).isEqualTo(List.of(1L, 1L, 1L, 4L, 4L, 5L, 5L, 6L, 6L, 6L, 8L));
      assertThat(node.appliedIndex()).isEqualTo(11);
    }
  }

  @Test
  @DisplayName("(c) and (d) have longer or later logs: they give the leader no vote")
  void moreUpToDateFollowersDoNotVoteForIt() {
    var cluster = Cluster.of(3);
    cluster.node(S1).began(7, log(LEADER));
    cluster.node(S2).began(7, log(1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6));
    cluster.node(S3).began(7, log(1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7));

    cluster.timesOut(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);
    assertThat(cluster.node(S1).role.term().number()).isEqualTo(7);
  }
}
