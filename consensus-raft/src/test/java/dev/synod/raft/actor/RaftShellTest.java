package dev.synod.raft.actor;

import static dev.synod.raft.actor.ShellFixture.S2;
import static dev.synod.raft.actor.ShellFixture.S3;
import static dev.synod.raft.actor.ShellFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.WatchMessage;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.raft.rules.TermState;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The shell: nothing leaves before it is durable, and nothing waits that need not")
class RaftShellTest {

  private static final Term T1 = new Term(1);
  private static final Term T2 = new Term(2);

  private final ShellFixture node = new ShellFixture();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @DisplayName("a vote is answered only after it is durable")
  void voteWaitsForTheDisk() {
    node.start();

    node.fromPeer(new RequestVote(S2, T1, LogPosition.ZERO, false));
    node.settle();

    node.s2.expectNoMessage();
    node.log.becomeDurable();
    assertThat(node.expectToldBy(node.s2, VoteReply.class).granted()).isTrue();
  }

  @Test
  @DisplayName(
      "an append is acknowledged only after it is durable, while heartbeats are answered meanwhile")
  void appendWaitsForTheDiskHeartbeatsDoNot() {
    node.start();
    node.fromPeer(new Heartbeat(S2, T1, 0, 1));
    node.settle();
    node.log.becomeDurable();
    node.expectToldBy(node.s2, HeartbeatReply.class);

    node.fromPeer(new AppendEntries(S2, T1, LogPosition.ZERO, List.of(entry(1)), 0));
    node.fromPeer(new Heartbeat(S2, T1, 0, 2));

    assertThat(node.expectToldBy(node.s2, HeartbeatReply.class).round()).isEqualTo(2);
    node.s2.expectNoMessage();
    node.log.becomeDurable();
    assertThat(node.expectToldBy(node.s2, AppendAccepted.class).matchIndex()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "a leader sends its entries in parallel with its own write, and counts itself only once"
          + " durable")
  void leaderCountsItselfOnceDurable() {
    node.startLeader();

    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.applier.expectNoMessage();
    node.log.becomeDurable();

    assertThat(node.applier.expectMessageClass(ApplierMessage.Apply.class).entries())
        .extracting(Entry::kind)
        .containsExactly(EntryKind.NO_OP);
  }

  @Test
  @DisplayName("two followers are a quorum even while the leader's own disk is stuck")
  void quorumWithoutTheLeadersDisk() {
    node.startLeader();

    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.fromPeer(new AppendAccepted(S3, T1, 1));

    node.applier.expectMessageClass(ApplierMessage.Apply.class);
  }

  @Test
  @DisplayName("a watch is not served where no leader is known: it would stand still unnoticed")
  void watchNeedsALeader() {
    var watcher = node.kit.<WatchMessage.ToWatcher>createTestProbe();
    var pull = new Pull(ShellFixture.GROUP, watcher.ref(), 1, WatchMessage.ANY, 0, true, 10, 1000);
    var replica = node.start();

    replica.tell(pull);
    assertThat(watcher.receiveMessage()).isInstanceOf(NotServed.class);

    node.fromPeer(new Heartbeat(S2, T1, 0, 1));
    replica.tell(pull);
    assertThat(node.applier.receiveMessage()).isEqualTo(new ApplierMessage.Watch(pull));
  }

  @Test
  @DisplayName("who watches and is behind gets entries again, or hears where the log begins")
  void looksBack() {
    var replica = node.startLeader();
    node.log.becomeDurable();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    var applied = node.applier.expectMessageClass(ApplierMessage.Apply.class).entries();

    replica.tell(new ApplierMessage.LookBack(0, 10, 1000));
    var back = node.applier.expectMessageClass(ApplierMessage.LookedBack.class);
    node.log.compactTo(new LogPosition(1, T1));
    replica.tell(new ApplierMessage.LookBack(0, 10, 1000));

    assertThat(back.result()).isEqualTo(new GroupLog.ReadResult.Entries(applied));
    assertThat(node.applier.receiveMessage()).isEqualTo(new ApplierMessage.LookedBackInVain(0, 2));
  }

  @Test
  @DisplayName("proposals that wait in the mailbox become one append and one message a follower")
  void burstsBecomeBatches() {
    node.startLeader();
    node.fromPeer(new AppendAccepted(S2, T1, 1));

    node.whileBusy(
        () -> {
          node.propose(1);
          node.propose(2, 3);
        });

    assertThat(node.expectToldBy(node.s2, AppendEntries.class).entries()).hasSize(3);
  }

  @Test
  @DisplayName(
      "a request that is tried again before it is applied is appended once, and all tries are"
          + " answered")
  void triesOfOneRequestShareAnEntry() {
    node.startLeader();

    node.tryRequest(1, 7, 1);
    node.tryRequest(2, 7, 2);
    node.settle();
    node.tryRequest(3, 7, 1);
    node.propose(0, new Proposal(4, EntryKind.OPEN_SESSION, Bytes.EMPTY));
    node.settle();
    node.propose(0, new Proposal(5, EntryKind.OPEN_SESSION, Bytes.EMPTY));
    node.settle();
    node.log.becomeDurable();
    node.fromPeer(new AppendAccepted(S2, T1, 4));

    var applied = node.applier.expectMessageClass(ApplierMessage.Apply.class);
    assertThat(applied.entries()).hasSize(4);
    assertThat(applied.waiters())
        .extracting(ApplierMessage.Waiter::index, ApplierMessage.Waiter::tag)
        .containsExactly(tuple(2L, 1L), tuple(2L, 3L), tuple(3L, 2L), tuple(4L, 4L), tuple(4L, 5L));
  }

  @Test
  @DisplayName("a request that was applied is appended again when it is tried again")
  void laterTriesGetAnEntryOfTheirOwn() {
    node.startLeader();
    node.tryRequest(1, 7, 1);
    node.settle();
    node.log.becomeDurable();
    node.fromPeer(new AppendAccepted(S2, T1, 2));
    assertThat(node.applier.expectMessageClass(ApplierMessage.Apply.class).waiters()).hasSize(1);

    node.tryRequest(2, 7, 1);
    node.settle();
    node.log.becomeDurable();
    node.fromPeer(new AppendAccepted(S2, T1, 3));

    assertThat(node.applier.expectMessageClass(ApplierMessage.Apply.class).waiters())
        .extracting(ApplierMessage.Waiter::tag)
        .containsExactly(2L);
  }

  @Test
  @DisplayName("a leader that is deposed tells waiting clients that the outcome is unknown")
  void deposedLeaderSaysUnknown() {
    node.startLeader();
    node.propose(1);
    node.settle();

    node.fromPeer(new HeartbeatReply(S3, T2, 0, 1));

    var answer = node.client.receiveMessage().answers().get(0);
    assertThat(answer.tag()).isEqualTo(1);
    assertThat(answer.outcome()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @DisplayName(
      "a leader deposed by entries that replace its own, committed at once, tells nobody ok for"
          + " them")
  void replacedEntriesAnswerNobody() {
    node.startLeader();
    node.propose(1);
    node.settle();

    var others = List.of(entry(1, T2), entry(2, T2));
    node.fromPeer(new AppendEntries(S2, T2, LogPosition.ZERO, others, 2));

    assertThat(node.client.receiveMessage().answers().get(0).outcome())
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(node.applier.expectMessageClass(ApplierMessage.Apply.class).waiters()).isEmpty();
  }

  @Test
  @DisplayName("a read is confirmed by a round of heartbeats that began after it came")
  void readWaitsForAQuorum() {
    node.startLeader();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.log.becomeDurable();
    node.applier.expectMessageClass(ApplierMessage.Apply.class);

    node.ask(9, Read.linearizable());
    node.fromPeer(new HeartbeatReply(S2, T1, 0, 1));
    node.applier.expectNoMessage();
    node.fromPeer(new HeartbeatReply(S2, T1, 1, 1));

    var answer = node.applier.expectMessageClass(ApplierMessage.Answer.class);
    assertThat(answer.index()).isEqualTo(1);
    assertThat(answer.question().tag()).isEqualTo(9);
  }

  @Test
  @DisplayName("an administrator hears who belongs to the group once it is sure who leads it")
  void configurationIsRead() {
    node.startLeader();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.log.becomeDurable();

    node.ask(9, Read.linearizable(), new AdminRequest.GetConfiguration());
    node.client.expectNoMessage();
    node.fromPeer(new HeartbeatReply(S2, T1, 1, 1));
    assertThat(node.client.receiveMessage().answers().get(0).outcome())
        .isInstanceOfSatisfying(Outcome.Ok.class, ok -> assertThat(ok.index()).isEqualTo(1));
  }

  @Test
  @DisplayName("after a failed sync proposals are rejected, and what is applied may still be read")
  void failedLogStopsAcceptance() {
    node.startLeader();
    node.propose(1);
    node.settle();

    node.log.fail(new LogFailure(LogFailure.Kind.FULL, "disk full: free some space, then restart"));
    node.propose(2);
    node.ask(3, Read.stale());

    node.applier.expectMessageClass(ApplierMessage.CloseWatches.class);
    assertThat(node.client.receiveMessage().answers().get(0).outcome())
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(node.client.receiveMessage().answers().get(0).outcome())
        .isEqualTo(
            new Outcome.Rejected<>(
                Outcome.Reason.STORAGE, "disk full: free some space, then restart"));
    assertThat(node.applier.expectMessageClass(ApplierMessage.Answer.class).question().tag())
        .isEqualTo(3);
  }

  @Test
  @DisplayName(
      "a replica which failed hears no peers, so it can't vote from what it may not remember")
  void failedReplicaIsDeaf() {
    node.start();
    node.log.fail(new LogFailure(LogFailure.Kind.IO, "sync failed"));

    node.fromPeer(new RequestVote(S2, T1, LogPosition.ZERO, false));

    node.s2.expectNoMessage();
    assertThat(node.log.lastTicket()).isZero();
  }

  @Test
  @DisplayName("another incarnation of the group is not listened to")
  void strangersAreNotHeard() {
    var replica = node.start();

    replica.tell(
        new FromPeer(
            ShellFixture.INCARNATION + 1, new RequestVote(S2, T1, LogPosition.ZERO, false)));

    node.s2.expectNoMessage();
    assertThat(node.log.lastTicket()).isZero();
  }

  @Test
  @DisplayName("tells clients that are kept waiting who leads, as soon as it knows, and only news")
  void tellsWhoLeads() {
    TestProbe<Leads> asking = node.kit.createTestProbe();
    var replica = node.start();
    replica.tell(new WhoLeads(ShellFixture.GROUP, ShellFixture.INCARNATION, 1, asking.getRef()));
    asking.expectNoMessage();

    node.fromPeer(new Heartbeat(S2, T2, 0, 1));

    asking.expectMessage(
        new Leads(ShellFixture.GROUP, ShellFixture.INCARNATION, 2, node.s2.getRef()));
    replica.tell(new WhoLeads(ShellFixture.GROUP, ShellFixture.INCARNATION, 2, asking.getRef()));
    asking.expectNoMessage();
    replica.tell(new WhoLeads(ShellFixture.GROUP, ShellFixture.INCARNATION, 1, asking.getRef()));
    asking.expectMessage(
        new Leads(ShellFixture.GROUP, ShellFixture.INCARNATION, 2, node.s2.getRef()));
    asking.expectNoMessage();
  }

  @Test
  @DisplayName("while much waits for the disk, a snapshot is dropped like all that peers say")
  void snapshotIsDroppedWhileTheDiskIsBehind() {
    node.start();
    node.retune("gated-effects-max = 1");
    node.fromPeer(new RequestVote(S2, T1, LogPosition.ZERO, false));
    node.settle();

    node.receiveSnapshot(new LogPosition(10, T1));

    assertThat(node.log.base()).isEqualTo(LogPosition.ZERO);
    node.log.becomeDurable();
    node.receiveSnapshot(new LogPosition(10, T1));
    assertThat(node.log.base()).isEqualTo(new LogPosition(10, T1));
  }

  @Test
  @DisplayName("a snapshot ahead of the log makes the log begin anew behind it")
  void snapshotAheadOfTheLog() {
    var snapshot = new LogPosition(10, T1);
    node.log.save(TermState.notVotedIn(T1).encode());

    node.start(snapshot);
    node.settle();

    assertThat(node.log.base()).isEqualTo(snapshot);
  }

  @Test
  @DisplayName(
      "a snapshot that became due while one was written is taken after it, whether or not more is"
          + " applied")
  void snapshotDueMeanwhile() {
    var replica = node.start();
    long often = settings().snapshotAfterEntries();
    replica.tell(new ApplierMessage.Applied(often));
    node.applier.expectMessage(ApplierMessage.TakeSnapshot.INSTANCE);
    replica.tell(new ApplierMessage.Applied(3 * often));
    node.applier.expectNoMessage();

    replica.tell(new ApplierMessage.SnapshotTaken(new LogPosition(often, T1), 100));
    node.applier.expectMessage(ApplierMessage.TakeSnapshot.INSTANCE);
    replica.tell(new ApplierMessage.SnapshotTaken(new LogPosition(3 * often, T1), 100));

    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("hears nothing: asks whether it could win, at a random time between the timeouts")
  void electionTimeout() {
    node.start();

    node.timePasses(settings().electionTimeoutMin().minusMillis(1));
    node.s2.expectNoMessage();
    node.timePasses(settings().electionTimeoutMax());

    node.s2.expectMessageClass(FromPeer.class);
  }

  private static Entry entry(long index) {
    return entry(index, T1);
  }

  private static Entry entry(long index, Term term) {
    return new Entry(index, term, EntryKind.COMMAND, Bytes.utf8("x"));
  }
}
