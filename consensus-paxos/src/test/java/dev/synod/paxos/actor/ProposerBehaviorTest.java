package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.log.MemoryGroupLog;
import dev.synod.log.MemorySettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.RegisterChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A proposer, as an actor,")
class ProposerBehaviorTest extends ActorFixture {

  private static final List<StoreId> MEMBERS = List.of(S1, S2, S3);

  private final HeldLog log = new HeldLog();
  private final AtomicLong nanos = new AtomicLong();
  private final TestProbe<AcceptorMessage> asked = kit.createTestProbe();
  private final TestProbe<LearnerMessage> learner = kit.createTestProbe();
  private final TestProbe<Outcome<RegisterReply>> client = kit.createTestProbe();

  /** Of three acceptors; the test sees what the first one is asked. */
  private ActorRef<ProposerMessage> proposer(String settings) {
    return kit.spawn(
        ProposerBehavior.of(
            new ProposerSetup(
                S1,
                RoundsKeeper.in(log.asLog()),
                Quorums.majorities(MEMBERS),
                Map.of(S1, asked.getRef()),
                PEERS,
                List.of(learner.getRef()),
                settings(settings),
                new SplittableRandom(1),
                nanos::get)));
  }

  private ProposerMessage submit(Change<Content> change) {
    return new ProposerMessage.Submit(KEY, change, PATIENCE, client.getRef());
  }

  private ProposerMessage submit(String key) {
    return new ProposerMessage.Submit(key, new RegisterChange.Get(), PATIENCE, client.getRef());
  }

  private PaxosMessage.ToAcceptor<Content> heard() {
    return asked.expectMessageClass(AcceptorMessage.Hear.class).request();
  }

  private static void promised(ActorRef<ProposerMessage> proposer, Ballot ballot) {
    for (StoreId acceptor : List.of(S1, S2)) {
      proposer.tell(
          new ProposerMessage.Hear(
              KEY, new PaxosMessage.Promise<>(acceptor, ballot, Optional.empty())));
    }
  }

  private static void accepted(ActorRef<ProposerMessage> proposer, Ballot ballot, Content value) {
    for (StoreId acceptor : List.of(S3, S2)) {
      proposer.tell(
          new ProposerMessage.Hear(KEY, new PaxosMessage.Accepted<>(acceptor, ballot, value)));
    }
  }

  private static void refused(ActorRef<ProposerMessage> proposer, Ballot ballot) {
    for (StoreId acceptor : List.of(S1, S2)) {
      proposer.tell(
          new ProposerMessage.Hear(
              KEY, new PaxosMessage.Nack<>(acceptor, ballot, new Ballot(20, S2))));
    }
  }

  @Test
  @DisplayName("asks when its rounds are reserved on its disk, and tells client and learners")
  void chosen() {
    var proposer = proposer("");
    proposer.tell(submit(new RegisterChange.Set(A)));
    asked.expectNoMessage(LOOK);

    assertThat(asked.<PaxosMessage.ToAcceptor<Content>>awaitAssert(this::becomesAsked))
        .isEqualTo(new PaxosMessage.Prepare<>(LOW));
    promised(proposer, LOW);
    assertThat(heard()).isEqualTo(new PaxosMessage.Accept<>(LOW, A));
    accepted(proposer, LOW, A);

    client.expectMessage(new Outcome.Ok<>(new RegisterReply(true, A), 1));
    learner.expectMessage(new LearnerMessage.Hear(KEY, new PaxosMessage.Chosen<>(LOW, A)));
  }

  @Test
  @DisplayName("skips after a restart what it had reserved")
  void restarts() {
    var first = proposer("rounds-reserved = 10");
    first.tell(submit(new RegisterChange.Get()));
    asked.awaitAssert(this::becomesAsked);
    kit.stop(first);

    proposer("rounds-reserved = 10").tell(submit(new RegisterChange.Get()));
    assertThat(asked.<PaxosMessage.ToAcceptor<Content>>awaitAssert(this::becomesAsked))
        .isEqualTo(new PaxosMessage.Prepare<>(new Ballot(11, S1)));
  }

  @Test
  @DisplayName("does changes of a register one after the other, and refuses more than may wait")
  void oneAfterTheOther() {
    var proposer = proposer("changes-waiting-max = 1");
    proposer.tell(submit(new RegisterChange.Set(A)));
    proposer.tell(submit(new RegisterChange.Set(B)));
    proposer.tell(submit(new RegisterChange.Get()));

    assertThat(rejection().reason()).isEqualTo(Outcome.Reason.BUSY);
    asked.awaitAssert(this::becomesAsked);
    promised(proposer, LOW);
    heard();
    accepted(proposer, LOW, A);
    assertThat(client.receiveMessage()).isInstanceOf(Outcome.Ok.class);
    assertThat(heard()).isEqualTo(new PaxosMessage.Prepare<>(new Ballot(2, S1)));
  }

  @Test
  @DisplayName("does not begin what nobody waits for any more")
  void tooLate() {
    var proposer = proposer("");
    proposer.tell(submit(new RegisterChange.Set(A)));
    proposer.tell(submit(new RegisterChange.Set(B)));
    asked.awaitAssert(this::becomesAsked);
    nanos.set(PATIENCE.toNanos());
    promised(proposer, LOW);
    heard();
    accepted(proposer, LOW, A);

    assertThat(client.receiveMessage()).isInstanceOf(Outcome.Ok.class);
    assertThat(rejection().text()).contains("took too long");
    proposer.tell(submit(new RegisterChange.Get()));
    assertThat(heard()).isEqualTo(new PaxosMessage.Prepare<>(new Ballot(2, S1)));
  }

  @Test
  @DisplayName("changes no more registers at a time than it may")
  void boundedRegisters() {
    var proposer = proposer("registers-changing-max = 1");
    proposer.tell(submit("one"));
    proposer.tell(submit("two"));

    assertThat(rejection().reason()).isEqualTo(Outcome.Reason.BUSY);
  }

  @Test
  @DisplayName("does not acknowledge a write that a quorum refused to accept: unknown")
  void unknown() {
    var proposer = proposer("");
    proposer.tell(submit(new RegisterChange.Set(A)));
    asked.awaitAssert(this::becomesAsked);
    promised(proposer, LOW);
    heard();
    refused(proposer, LOW);

    assertThat(client.receiveMessage()).isInstanceOf(Outcome.Unknown.class);
  }

  private PaxosMessage.ToAcceptor<Content> becomesAsked() {
    log.becomeDurable();
    return asked.expectMessageClass(AcceptorMessage.Hear.class, LOOK).request();
  }

  @Test
  @DisplayName("pauses when refused, then asks with a ballot above the one that it heard of")
  void pauses() {
    var proposer = proposer("backoff-min = 1s, backoff-max = 1s");
    proposer.tell(submit(new RegisterChange.Set(A)));
    asked.awaitAssert(this::becomesAsked);
    refused(proposer, LOW);
    proposer.tell(submit(""));
    rejection(); // by then the refusal is handled, too
    asked.expectNoMessage(LOOK);

    assertThat(asked.<PaxosMessage.ToAcceptor<Content>>awaitAssert(this::askedLater))
        .isEqualTo(new PaxosMessage.Prepare<>(new Ballot(21, S1)));
  }

  @Test
  @DisplayName("rejects what it never asked to accept when its attempts are over")
  void rejected() {
    var proposer = proposer("attempts-max = 2, answer-timeout = 1s");
    proposer.tell(submit(new RegisterChange.Set(A)));
    asked.awaitAssert(this::becomesAsked);

    asked.awaitAssert(this::askedLater);
    var rejected =
        client.<Outcome<RegisterReply>>awaitAssert(
            () -> {
              time.timePasses(Duration.ofSeconds(1));
              return client.receiveMessage(LOOK);
            });

    assertThat(((Outcome.Rejected<RegisterReply>) rejected).reason())
        .isEqualTo(Outcome.Reason.BUSY);
  }

  private PaxosMessage.ToAcceptor<Content> askedLater() {
    time.timePasses(Duration.ofSeconds(1));
    log.becomeDurable();
    return asked.expectMessageClass(AcceptorMessage.Hear.class, LOOK).request();
  }

  private Outcome.Rejected<RegisterReply> rejection() {
    return (Outcome.Rejected<RegisterReply>) client.receiveMessage();
  }

  @Test
  @DisplayName("refuses what is too large, and everything when its disk has failed")
  void refusals() {
    var proposer = proposer("value-bytes-max = 1");
    proposer.tell(submit(new RegisterChange.Set(Content.of(Bytes.utf8("ab")))));
    assertThat(rejection().text()).contains("a value of 2 bytes: synod.paxos.value-bytes-max is 1");
    proposer.tell(submit(""));
    assertThat(rejection().text()).contains("a register's key");
    proposer.tell(submit("half \uD83D"));
    assertThat(rejection().text()).contains("half a character");

    log.fail();
    proposer.tell(submit(new RegisterChange.Get()));
    assertThat(rejection().reason()).isEqualTo(Outcome.Reason.STORAGE);
  }

  @Test
  @DisplayName("decides with two live acceptors, and a learner tells the decision")
  void decides() {
    Map<StoreId, ActorRef<AcceptorMessage>> acceptors = new TreeMap<>();
    var all = Quorums.majorities(MEMBERS);
    var learning = kit.spawn(LearnerBehavior.of(KEY, all.accept(), PEERS, settings("")));
    var answer = kit.<Outcome<Content>>createTestProbe();
    learning.tell(new LearnerMessage.Ask(answer.getRef()));
    for (StoreId id : List.of(S2, S3)) {
      acceptors.put(
          id,
          kit.spawn(
              AcceptorBehavior.of(
                  new AcceptorSetup(id, memory(), PEERS, List.of(learning), settings("")))));
    }
    for (StoreId id : List.of(S1, S2)) {
      var proposer =
          kit.spawn(
              ProposerBehavior.of(
                  new ProposerSetup(
                      id,
                      RoundsKeeper.in(memory()),
                      all,
                      acceptors,
                      PEERS,
                      List.of(),
                      settings(""),
                      new SplittableRandom(1),
                      nanos::get)));
      proposer.tell(submit(new Change.Decide<>(id.equals(S1) ? A : B)));
      assertThat(((Outcome.Ok<RegisterReply>) client.receiveMessage()).reply())
          .isEqualTo(new RegisterReply(id.equals(S1), A));
    }

    answer.expectMessage(new Outcome.Ok<>(A, 0));
  }

  private static GroupLog memory() {
    return new MemoryGroupLog(new GroupId("g"), MemorySettings.STANDARD);
  }
}
