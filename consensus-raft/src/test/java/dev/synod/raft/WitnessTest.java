package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.S4;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.group;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.notVoted;
import static dev.synod.raft.RaftFixture.propose;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.save;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static dev.synod.raft.RaftFixture.voted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.AddWitness;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.Objection;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.ForcedConfiguration;
import dev.synod.raft.rules.Leader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Witnesses: they vote, and keep where entries stand, and nothing else")
class WitnessTest {

  @Test
  @DisplayName("a leader names who gets entries without payload; the others get them in full")
  void sentWithoutPayload() {
    var log = log();
    var s1 = leader(server(S1, group(3, S3), log), 5, log);
    var s2 = hear(hear(s1, accepted(S2, 5, 1)).after(), accepted(S3, 5, 1)).after();

    var step = propose((Leader) s2, log, "x");

    assertThat(effects(step, Effect.SendEntries.class))
        .extracting(Effect.SendEntries::to, Effect.SendEntries::witnessed)
        .containsExactly(tuple(S2, false), tuple(S3, true));
  }

  @Test
  @DisplayName("what it has counts: one full replica and the witness commit")
  void commitsWithOne() {
    var cluster = Cluster.of(3, S3);
    cluster.elect(S1);
    cluster.cutOff(S2);

    cluster.propose(S1, "x");
    cluster.deliverAll();

    assertThat(cluster.leader(S1).commitIndex()).isEqualTo(2);
    assertThat(cluster.node(S3).log.entry(2).kind()).isEqualTo(EntryKind.WITNESSED);
    assertThat(cluster.node(S3).log.entry(2).payload().length()).isZero();
    assertThat(cluster.committedAt(2).payload().asUtf8()).isEqualTo("x");
  }

  @Test
  @DisplayName("it votes by where its log ends (§5.4.1), so none that lacks an entry can win")
  void votesByPosition() {
    var cluster = Cluster.of(3, S3);
    cluster.elect(S1);
    cluster.cutOff(S2);
    cluster.propose(S1, "x");
    cluster.deliverAll();
    cluster.heal();
    cluster.cutOff(S1);

    cluster.leaderIsSilent();
    cluster.timesOut(S2);
    cluster.deliverAll();
    assertThat(cluster.node(S2).role).isNotInstanceOf(Leader.class);

    cluster.heal();
    cluster.leaderIsSilent();
    cluster.beats(S1);
    cluster.deliverAll();
    assertThat(cluster.node(S2).log.entry(2).payload().asUtf8()).isEqualTo("x");
    cluster.cutOff(S1);
    cluster.elect(S2);
    assertThat(cluster.leader(S2).commitIndex()).isEqualTo(3);
  }

  @Test
  @DisplayName("it never stands: not when it hears nobody, not when a leader asks it to")
  void neverStands() {
    var s3 = follower(server(S3, group(3, S3), log(1, 1)), 5);

    assertThat(checked(s3.electionTimeout()).after()).isEqualTo(s3);
    assertThat(hear(s3, new TimeoutNow(S1, term(5))).after()).isEqualTo(s3);
    assertThat(messages(hear(s3, requestVote(S1, 6, at(2, 1)))))
        .containsExactly(voteReply(S3, 6, true));
  }

  @Test
  @DisplayName("one that has taken entries without payload is a witness, whatever its log says")
  void byWhatItTook() {
    var step = hear(follower(5, log(1)), witnessed(append(S2, 5, at(1, 1), 0, 5)));

    assertThat(step.after().state()).isEqualTo(notVoted(5).witnessing());
    assertThat(step.effects()).startsWith(save(notVoted(5).witnessing()));
    assertThat(step.after().isWitness()).isTrue();
    assertThat(checked(((Follower) step.after()).electionTimeout()).after())
        .isInstanceOf(Follower.class);
  }

  @Test
  @DisplayName("that outlives new terms and votes, and is saved with them")
  void staysOne() {
    var witness =
        new Follower(
            server(S1, group(3, S1), log(1)),
            voted(5, S2).witnessing(),
            0,
            Optional.empty(),
            false);

    var step = hear(witness, requestVote(S3, 6, at(1, 1)));

    assertThat(step.after().state()).isEqualTo(voted(6, S3).witnessing());
    assertThat(step.effects()).contains(save(voted(6, S3).witnessing()));
  }

  @Test
  @DisplayName("a vote stands when the first such entry comes after it in the same term")
  void votedBefore() {
    var s1 =
        new Follower(server(S1, group(3, S1), log(1)), voted(5, S2), 0, Optional.empty(), false);

    var step = hear(s1, witnessed(append(S2, 5, at(1, 1), 0, 5)));

    assertThat(step.after().state()).isEqualTo(voted(5, S2).witnessing());
  }

  @Test
  @DisplayName("a full replica that took some does not fit, and says what to do")
  void misfit() {
    var full = hear(follower(5, log(1)), witnessed(append(S2, 5, at(1, 1), 0, 5))).after();
    var witness = follower(server(S3, group(3, S3), log(1)), 5);
    var stranger = follower(server(S4, group(3), log()), 5);

    assertThat(full.misfit()).get().asString().contains("empty its data directory");
    assertThat(hear(witness, witnessed(append(S2, 5, at(1, 1), 0, 5))).after().misfit()).isEmpty();
    assertThat(hear(stranger, witnessed(append(S2, 5, at(0, 0), 0, 5))).after().misfit())
        .as("it may be let in as a witness")
        .isEmpty();
  }

  @Test
  @DisplayName("a snapshot without state makes a witness of it, one with its state does not")
  void statelessSnapshot() {
    var s4 = follower(server(S4, group(3), log()), 5);

    var stateless = hear(s4, new InstallSnapshot(S1, term(5), at(9, 4), group(3), true));
    var whole = hear(s4, new InstallSnapshot(S1, term(5), at(9, 4), group(3), false));

    assertThat(stateless.after().isWitness()).isTrue();
    assertThat(stateless.effects()).startsWith(save(notVoted(5).witnessing()));
    assertThat(whole.after().isWitness()).isFalse();
  }

  @Test
  @DisplayName("leadership is not handed to it: refused with the reason, and passed over (§3.10)")
  void noSuccessor() {
    var log = log();
    var s1 = leader(server(S1, group(3, S3), log), 5, log);
    var s3Leads = (Leader) hear(s1, accepted(S3, 5, 1)).after();

    assertThat(s3Leads.objectionToTransfer(S3).map(Objection::text))
        .get()
        .asString()
        .contains("is a witness");
    assertThat(s3Leads.objectionToTransfer(S3).map(Objection::passes)).contains(false);
    assertThat(s3Leads.bestSuccessor()).contains(S2);
  }

  @Test
  @DisplayName("one is let in as a learner without payloads, catches up, and votes")
  void letIn() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.propose(S1, "x");
    cluster.deliverAll();
    cluster.joins(S4);

    cluster.changes(S1, change(1, new AddWitness(S4), new Remove(S3)));
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();

    var known = cluster.node(S4).role.server().configuration();
    assertThat(known.isChanging()).isFalse();
    assertThat(known.membership().witnesses()).containsExactly(S4);
    assertThat(known.isVoter(S4)).isTrue();
    assertThat(cluster.node(S4).log.entries())
        .extracting(Entry::kind)
        .doesNotContain(EntryKind.COMMAND);
    assertThat(cluster.node(S4).role.misfit()).isEmpty();
  }

  @Test
  @DisplayName("one far behind gets a snapshot without state, and goes on from there")
  void behindTheSnapshot() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.propose(S1, "a", "b", "c");
    cluster.deliverAll();
    cluster.compact(S1, 4);
    cluster.joins(S4);

    cluster.changes(S1, change(1, new AddWitness(S4)));
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.deliverSnapshots(S1);
    cluster.deliverAll();
    cluster.propose(S1, "d");
    cluster.deliverAll();

    assertThat(cluster.node(S4).saved().witness()).isTrue();
    assertThat(cluster.node(S4).log.base()).isEqualTo(at(4, 1));
    assertThat(cluster.node(S4).role.server().isVoter()).isTrue();
  }

  @Test
  @DisplayName("a change that makes a full replica of it, or a witness of one, is refused")
  void kindsStay() {
    var cluster = Cluster.of(3, S3);
    cluster.elect(S1);
    cluster.deliverAll();

    assertThat(objection(cluster, new AddVoter(S3))).contains("can't become a full replica");
    assertThat(objection(cluster, new AddWitness(S2))).contains("can't become a witness");
    assertThat(objection(cluster, new Remove(S2))).contains("must be a minority");
  }

  @Test
  @DisplayName("it can't be forced to go on alone: it has no state")
  void notForced() {
    var change = new UUID(0, 1);

    assertThatThrownBy(
            () -> ForcedConfiguration.alone(server(S3, group(3, S3), log(1)), notVoted(5), change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a witness");
    assertThatThrownBy(
            () ->
                ForcedConfiguration.alone(
                    server(S3, group(3), log(1)), notVoted(5).witnessing(), change))
        .hasMessageContaining("is a witness");
  }

  private static String objection(Cluster cluster, MembershipChange change) {
    return cluster.leader(S1).objectionTo(change(1, change)).map(Objection::text).orElse("none");
  }

  private static ChangeRequest change(long expected, MembershipChange... changes) {
    var s4 = new Member(S4, new NodeAddress("n4", "sim://n4"));
    return new ChangeRequest(new UUID(0, expected), expected, List.of(changes), List.of(s4));
  }

  private static AppendEntries witnessed(AppendEntries append) {
    return new AppendEntries(
        append.from(),
        append.term(),
        append.previous(),
        append.entries().stream().map(Entry::witnessed).toList(),
        append.commitIndex());
  }
}
