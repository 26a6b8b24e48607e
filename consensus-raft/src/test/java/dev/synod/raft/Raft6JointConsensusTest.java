package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.S4;
import static dev.synod.raft.RaftFixture.S5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §6 Cluster membership changes: joint consensus")
class Raft6JointConsensusTest {

  private static final UUID CHANGE = new UUID(6, 1);

  private final Cluster cluster = Cluster.of(3);
  private final List<Member> known = new ArrayList<>();

  @BeforeEach
  void elected() {
    cluster.elect(S1);
    cluster.beats(S1);
    cluster.deliverAll();
  }

  @Test
  @DisplayName(
      "from three to five and back to three others: every step is agreed on, nothing is lost")
  void threeFiveThree() {
    letIn(S4, S5);
    cluster.propose(S1, "before");
    cluster.deliverAll();

    change(S1, new AddVoter(S4), new AddVoter(S5));
    settle(S1);
    assertThat(votersKnownTo(S2)).containsExactly(S1, S2, S3, S4, S5);
    assertThat(votersKnownTo(S5)).containsExactly(S1, S2, S3, S4, S5);
    cluster.propose(S1, "between");
    settle(S1);

    change(S1, new Remove(S2), new Remove(S3));
    settle(S1);
    assertThat(votersKnownTo(S4)).containsExactly(S1, S4, S5);
    cluster.cutOff(S2, S3);
    cluster.propose(S1, "after");
    settle(S1);
    assertThat(cluster.node(S4).appliedIndex()).isEqualTo(cluster.committed());
    assertThat(cluster.committedAt(cluster.committed()).payload().asUtf8()).isEqualTo("after");
  }

  @Test
  @DisplayName("a newcomer only learns until it has what is committed; then it votes")
  void learnsFirst() {
    letIn(S4);
    cluster.cutOff(S4);

    change(S1, new AddVoter(S4));
    settle(S1);
    assertThat(votersKnownTo(S1)).containsExactly(S1, S2, S3);
    assertThat(known(S1).membership().learners()).containsExactly(S4);
    assertThat(known(S1).isChanging()).isTrue();

    cluster.heal();
    settle(S1);
    assertThat(votersKnownTo(S1)).containsExactly(S1, S2, S3, S4);
    assertThat(known(S1).isChanging()).isFalse();
  }

  @Test
  @DisplayName("while the membership is joint, the old majority alone commits nothing")
  void bothMajorities() {
    letIn(S4, S5);
    change(S1, new AddVoter(S4), new AddVoter(S5), new Remove(S2), new Remove(S3));
    cluster.deliver(any -> !isJoint(S1));
    assertThat(isJoint(S1)).isTrue();
    cluster.cutOff(S4, S5);
    long committed = cluster.leader(S1).commitIndex();

    settle(S1);

    assertThat(isJoint(S1)).isTrue();
    assertThat(cluster.leader(S1).commitIndex()).isEqualTo(committed);
  }

  @Test
  @DisplayName(
      "a server uses the newest configuration in its log, committed or not; a conflict undoes it")
  void newestCounts() {
    letIn(S4);
    cluster.cutOff(S2, S3);
    change(S1, new AddVoter(S4));
    cluster.deliverAll();
    assertThat(known(S1).version()).isEqualTo(2);
    assertThat(known(S4).version()).isEqualTo(2);

    cluster.heal();
    cluster.cutOff(S1, S4);
    cluster.elect(S2);
    cluster.propose(S2, "x");
    cluster.deliverAll();
    cluster.heal();
    settle(S2);

    assertThat(known(S1).version()).isEqualTo(1);
    assertThat(cluster.node(S1).role.server().others()).containsExactly(S2, S3);
  }

  @Test
  @DisplayName("a leader that is not in the new configuration steps down once it is committed")
  void removedLeaderStepsDown() {
    change(S1, new Remove(S1));
    cluster.deliver(
        e -> e.message() instanceof AppendEntries || cluster.node(S1).role instanceof Leader);

    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);
    cluster.deliverAll();
    var leader = leader();
    assertThat(leader.self()).isIn(S2, S3);
    assertThat(leader.server().configuration().voters()).hasSize(2);
    cluster.timesOut(S1);
    assertThat(cluster.inTransit).as("who may not vote does not stand").isEmpty();
  }

  @Test
  @DisplayName(
      "a server that is to vote no more stands for election while that may not be committed"
          + " (thesis §4.2.2)")
  void neededUntilCommitted() {
    change(S1, new Remove(S1), new MembershipChange.AddLearner(S2));
    cluster.deliver(any -> known(S1).isChanging());
    cluster.deliver(e -> e.to().equals(S2));
    assertThat(votersKnownTo(S2)).containsExactly(S3);
    assertThat(isJoint(S3)).isTrue();
    cluster.crash(S1);
    cluster.lose(any -> true);

    cluster.leaderIsSilent();
    cluster.timesOut(S3);
    cluster.deliverAll();
    assertThat(cluster.node(S3).role).as("its log is behind").isNotInstanceOf(Leader.class);
    cluster.timesOut(S2);
    cluster.deliverAll();
    settle(S2);

    assertThat(votersKnownTo(S3)).containsExactly(S3);
    assertThat(leader().self()).isEqualTo(S3);
  }

  @Test
  @DisplayName("a new leader goes on with the change of the one before")
  void newLeaderGoesOn() {
    letIn(S4);
    change(S1, new AddVoter(S4));
    cluster.deliver(any -> !isJoint(S1));
    cluster.deliver(e -> e.to().equals(S2));
    cluster.crash(S1);
    cluster.cutOff(S1);

    cluster.elect(S2);
    settle(S2);

    assertThat(votersKnownTo(S2)).containsExactly(S1, S2, S3, S4);
    assertThat(known(S2).isChanging()).isFalse();
    assertThat(known(S2).change()).isEqualTo(Optional.of(CHANGE));
  }

  @Test
  @DisplayName(
      "one change at a time, from the configuration that was seen, by a leader that knows what is"
          + " committed")
  void objections() {
    letIn(S4);
    assertThat(objection(9, new Remove(S3))).hasValueSatisfying(text("meant for configuration 9"));
    assertThat(objection(1, new AddVoter(S5))).hasValueSatisfying(text("where s5 is"));
    assertThat(objection(1, new Remove(S1), new Remove(S2), new Remove(S3)))
        .hasValueSatisfying(text("all voters would be removed"));
    assertThat(objection(1, new Remove(S3))).isEmpty();

    cluster.cutOff(S4);
    change(S1, new AddVoter(S4));
    assertThat(objection(2, new Remove(S3))).hasValueSatisfying(text("another change"));

    var fresh = Cluster.of(3);
    fresh.leaderIsSilent();
    fresh.timesOut(S2);
    fresh.deliver(e -> !(e.message() instanceof AppendEntries));
    assertThat(fresh.leader(S2).objectionTo(request(1, new Remove(S3))))
        .hasValueSatisfying(text("new and does not know yet"));
  }

  @Test
  @DisplayName(
      "a change that waits for a newcomer gives way to one that removes it, and to no other")
  void givesWay() {
    letIn(S4, S5);
    cluster.cutOff(S4);
    change(S1, new AddVoter(S4), new Remove(S3));
    settle(S1);
    assertThat(objection(2, new AddVoter(S5), new Remove(S3)))
        .hasValueSatisfying(text("another change"));
    assertThat(objection(1, new Remove(S4))).hasValueSatisfying(text("meant for configuration 1"));

    change(S1, new AddVoter(S5), new Remove(S4), new Remove(S3));
    settle(S1);

    assertThat(votersKnownTo(S2)).containsExactly(S1, S2, S5);
    assertThat(known(S2).members()).extracting(Member::store).containsExactly(S1, S2, S5);
  }

  @Test
  @DisplayName("a change whose newcomer is only removed ends where it began")
  void isGivenUp() {
    letIn(S4);
    cluster.cutOff(S4);
    change(S1, new AddVoter(S4), new Remove(S3));
    settle(S1);

    change(S1, new Remove(S4));
    settle(S1);

    assertThat(known(S1).isChanging()).isFalse();
    assertThat(known(S1).members()).extracting(Member::store).containsExactly(S1, S2, S3);
  }

  @Test
  @DisplayName("once both majorities decide, a change gives way to nothing")
  void jointGivesNoWay() {
    letIn(S4);
    change(S1, new AddVoter(S4), new Remove(S3));
    cluster.deliver(any -> !isJoint(S1));

    assertThat(objection(known(S1).version(), new Remove(S4), new Remove(S3)))
        .hasValueSatisfying(text("another change"));
  }

  @Test
  @DisplayName("learners are asked for no votes, and count for nothing")
  void learnersDontVote() {
    letIn(S4);
    change(S1, new MembershipChange.AddLearner(S4));
    settle(S1);
    assertThat(known(S1).isChanging()).isFalse();

    cluster.crash(S2);
    cluster.leaderIsSilent();
    cluster.timesOut(S3);
    cluster.deliverAll();

    assertThat(cluster.delivered(RequestVote.class)).isNotEmpty();
    assertThat(cluster.inTransit).isEmpty();
    assertThat(leader().followers().of(S4)).isPresent();
    assertThat(leader().server().quorum().members()).containsExactly(S1, S2, S3);
  }

  @Test
  @DisplayName("a snapshot says who belongs to the group to those who get it")
  void snapshotsCarryIt() {
    letIn(S4);
    change(S1, new AddVoter(S4));
    settle(S1);
    cluster.cutOff(S3);
    change(S1, new Remove(S3));
    settle(S1);
    cluster.propose(S1, "x");
    settle(S1);
    letIn(S5);
    cluster.compact(S1, cluster.committed());
    change(S1, new AddVoter(S5));
    settle(S1);
    cluster.deliverSnapshots(S1);
    settle(S1);

    assertThat(votersKnownTo(S5)).containsExactly(S1, S2, S4, S5);
    assertThat(cluster.node(S5).log.base().index()).isPositive();
  }

  private void letIn(StoreId... stores) {
    for (StoreId store : stores) {
      cluster.joins(store);
      known.add(member(store));
    }
  }

  private void change(StoreId leader, MembershipChange... changes) {
    long version = cluster.leader(leader).server().configuration().version();
    cluster.changes(leader, request(version, changes));
  }

  private ChangeRequest request(long version, MembershipChange... changes) {
    return new ChangeRequest(CHANGE, version, List.of(changes), known);
  }

  private Optional<Objection> objection(long version, MembershipChange... changes) {
    return cluster.leader(S1).objectionTo(request(version, changes));
  }

  private void settle(StoreId leader) {
    for (int beat = 0; beat < 6; beat++) {
      cluster.deliverAll();
      if (cluster.node(leader).role instanceof Leader) {
        cluster.beats(leader);
      }
    }
    cluster.deliverAll();
  }

  private boolean isJoint(StoreId store) {
    return known(store).membership().isJoint();
  }

  private Configuration known(StoreId store) {
    return cluster.node(store).role.server().configuration();
  }

  private List<StoreId> votersKnownTo(StoreId store) {
    return known(store).voters().stream().map(Member::store).toList();
  }

  private Leader leader() {
    return cluster.nodes().stream()
        .map(node -> node.role)
        .filter(Leader.class::isInstance)
        .map(Leader.class::cast)
        .reduce((one, other) -> other.term().isAfter(one.term()) ? other : one)
        .orElseThrow();
  }

  private static Member member(StoreId store) {
    return new Member(store, new NodeAddress("n-" + store, "sim://" + store));
  }

  private static Consumer<Objection> text(String part) {
    return objection -> assertThat(objection.text()).contains(part);
  }
}
