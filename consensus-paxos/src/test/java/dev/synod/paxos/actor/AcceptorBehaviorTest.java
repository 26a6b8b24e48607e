package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.Bytes;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An acceptor, as an actor,")
class AcceptorBehaviorTest extends ActorFixture {

  private final HeldLog log = new HeldLog();
  private final TestProbe<ProposerMessage> proposer = kit.createTestProbe();
  private final TestProbe<LearnerMessage> learner = kit.createTestProbe();

  private ActorRef<AcceptorMessage> acceptor(String settings) {
    return kit.spawn(
        AcceptorBehavior.of(
            new AcceptorSetup(
                S1, log.asLog(), PEERS, List.of(learner.getRef()), settings(settings))));
  }

  private AcceptorMessage prepare(String key, Ballot ballot) {
    return new AcceptorMessage.Hear(key, new PaxosMessage.Prepare<>(ballot), proposer.getRef());
  }

  private AcceptorMessage accept(Ballot ballot, Content value) {
    return new AcceptorMessage.Hear(
        KEY, new PaxosMessage.Accept<>(ballot, value), proposer.getRef());
  }

  private static ProposerMessage promise(String key, Ballot ballot, Optional<Vote<Content>> vote) {
    return new ProposerMessage.Hear(key, new PaxosMessage.Promise<>(S1, ballot, vote));
  }

  private static ProposerMessage nack(Ballot ballot, Ballot promised) {
    return new ProposerMessage.Hear(KEY, new PaxosMessage.Nack<>(S1, ballot, promised));
  }

  @Test
  @DisplayName("promises when that is durable, and refuses at once meanwhile")
  void waitsForTheDisk() {
    var acceptor = acceptor("");
    acceptor.tell(prepare(KEY, HIGH));
    acceptor.tell(prepare(KEY, LOW));

    proposer.expectMessage(nack(LOW, HIGH));
    proposer.expectNoMessage(Duration.ZERO);
    log.becomeDurable();
    proposer.expectMessage(promise(KEY, HIGH, Optional.empty()));
  }

  @Test
  @DisplayName("tells proposer and learners what it accepted when that is durable")
  void tellsLearners() {
    var acceptor = acceptor("");
    var accepted = new PaxosMessage.Accepted<>(S1, HIGH, A);
    acceptor.tell(accept(HIGH, A));
    acceptor.tell(prepare(KEY, LOW));

    proposer.expectMessage(nack(LOW, HIGH));
    learner.expectNoMessage(Duration.ZERO);
    log.becomeDurable();
    proposer.expectMessage(new ProposerMessage.Hear(KEY, accepted));
    learner.expectMessage(new LearnerMessage.Hear(KEY, accepted));
  }

  @Test
  @DisplayName("knows after a restart what it promised and accepted, key by key")
  void recovers() {
    var first = acceptor("");
    first.tell(accept(LOW, A));
    first.tell(prepare(KEY, HIGH));
    first.tell(prepare("other", new Ballot(7, S3)));
    first.tell(prepare(KEY, new Ballot(2, S1)));
    first.tell(prepare(KEY, HIGH));
    proposer.expectMessage(nack(HIGH, new Ballot(2, S1)));
    log.becomeDurable();
    proposer.receiveSeveralMessages(4);
    kit.stop(first);

    var again = acceptor("recovery-bytes-max = 1");
    proposer.awaitAssert(
        () -> {
          again.tell(prepare(KEY, HIGH));
          return proposer.expectMessage(LOOK, nack(HIGH, new Ballot(2, S1)));
        });
    again.tell(prepare(KEY, new Ballot(9, S1)));
    var promise = promise(KEY, new Ballot(9, S1), Optional.of(new Vote<>(LOW, A)));
    proposer.awaitAssert(
        () -> {
          log.becomeDurable();
          return proposer.expectMessage(LOOK, promise);
        });
  }

  @Test
  @DisplayName("forgets what tells nothing any more, once what counts stands behind it")
  void logStaysShort() {
    var acceptor = acceptor("stale-entries-max = 4");
    acceptor.tell(accept(LOW, A));
    for (int round = 2; round <= 200; round++) {
      acceptor.tell(prepare(KEY, new Ballot(round, S2)));
      acceptor.tell(prepare("other", new Ballot(round, S3)));
    }
    var last = new Ballot(300, S1);
    acceptor.tell(prepare(KEY, last));
    acceptor.tell(prepare(KEY, LOW));
    proposer.expectMessage(nack(LOW, last));
    assertThat(log.asLog().base().index()).isZero();
    log.becomeDurable();
    proposer.receiveSeveralMessages(400);
    acceptor.tell(prepare(KEY, LOW));
    proposer.expectMessage(nack(LOW, last));
    assertThat(log.asLog().last().index() - log.asLog().base().index()).isLessThan(20);
    kit.stop(acceptor);

    var again = acceptor("");
    proposer.awaitAssert(
        () -> {
          again.tell(prepare(KEY, LOW));
          return proposer.expectMessage(LOOK, nack(LOW, last));
        });
    var higher = new Ballot(301, S1);
    var promise = promise(KEY, higher, Optional.of(new Vote<>(LOW, A)));
    proposer.awaitAssert(
        () -> {
          again.tell(prepare(KEY, higher));
          log.becomeDurable();
          return proposer.expectMessage(LOOK, promise);
        });
  }

  @Test
  @DisplayName("of a key with lower ballots than another's writes entries whose terms don't fall")
  void termsDoNotFall() {
    var acceptor = acceptor("");
    acceptor.tell(prepare("other", new Ballot(7, S3)));
    acceptor.tell(prepare(KEY, LOW));
    acceptor.tell(prepare(KEY, LOW));
    acceptor.tell(prepare("other", LOW));

    proposer.expectMessage(
        new ProposerMessage.Hear("other", new PaxosMessage.Nack<>(S1, LOW, new Ballot(7, S3))));
    assertThat(log.asLog().last().index()).isEqualTo(2);
    assertThat(log.asLog().last().term().number()).isEqualTo(7);
  }

  @Test
  @DisplayName(
      "drops what its log could not take, and what comes while too much waits for the disk")
  void drops() {
    var acceptor = acceptor("value-bytes-max = 1, gated-effects-max = 1");
    acceptor.tell(accept(LOW, Content.of(Bytes.utf8("ab"))));
    acceptor.tell(prepare("", LOW));
    acceptor.tell(prepare("k".repeat(EntryFormat.KEY_BYTES_MAX + 1), LOW));
    acceptor.tell(prepare(KEY, HIGH));
    acceptor.tell(prepare(KEY, new Ballot(2, S1)));
    acceptor.tell(prepare(KEY, LOW));
    describe(acceptor); // by then all of them are handled

    proposer.expectNoMessage(LOOK);
    assertThat(log.asLog().last().index()).isEqualTo(1);
  }

  @Test
  @DisplayName("says nothing any more when its log has failed")
  void failed() {
    var acceptor = acceptor("");
    acceptor.tell(prepare(KEY, HIGH));
    acceptor.tell(prepare(KEY, LOW));
    proposer.expectMessage(nack(LOW, HIGH));

    log.fail();
    acceptor.tell(prepare(KEY, LOW));

    proposer.expectNoMessage(LOOK);
  }

  @Test
  @DisplayName(
      "keeps its proposer's rounds, says when they are durable, or that they never will be")
  void keepsRounds() {
    var acceptor = acceptor("");
    acceptor.tell(new AcceptorMessage.Reserve(1000, proposer.getRef()));
    proposer.expectNoMessage(LOOK);

    proposer.awaitAssert(
        () -> {
          log.becomeDurable();
          return proposer.expectMessage(LOOK, new ProposerMessage.Durable(1000));
        });
    assertThat(log.asLog().saved().map(RoundsFormat::decode)).contains(1000L);

    log.fail();
    proposer.expectMessageClass(ProposerMessage.LogFailed.class);
    acceptor.tell(new AcceptorMessage.Reserve(2000, proposer.getRef()));
    proposer.expectMessageClass(ProposerMessage.LogFailed.class);
  }

  @Test
  @DisplayName("says how it is, and why it takes no part any more")
  void describesItself() {
    var acceptor = acceptor("");
    acceptor.tell(accept(LOW, A));

    var well = describe(acceptor);
    assertThat(well.role()).isEqualTo("acceptor");
    assertThat(well.details()).contains(ReplicaStatus.Detail.of("registers", 1));

    log.fail();
    assertThat(describe(acceptor).trouble()).contains("the disk is gone");
  }

  private ReplicaStatus describe(ActorRef<AcceptorMessage> acceptor) {
    var asking = kit.<ReplicaStatus>createTestProbe();
    var self = new Member(S1, new NodeAddress("n1", "pekko://x@127.0.0.1:1"));
    acceptor.tell(new AcceptorMessage.Describe(self, asking.getRef()));
    return asking.receiveMessage();
  }
}
