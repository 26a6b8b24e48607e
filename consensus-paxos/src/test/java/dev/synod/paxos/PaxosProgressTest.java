package dev.synod.paxos;

import static dev.synod.paxos.PaxosFixture.ATTEMPTS;
import static dev.synod.paxos.PaxosFixture.S1;
import static dev.synod.paxos.PaxosFixture.S2;
import static dev.synod.paxos.PaxosFixture.S3;
import static dev.synod.paxos.PaxosFixture.THREE;
import static dev.synod.paxos.PaxosFixture.accept;
import static dev.synod.paxos.PaxosFixture.accepted;
import static dev.synod.paxos.PaxosFixture.accepting;
import static dev.synod.paxos.PaxosFixture.acceptor;
import static dev.synod.paxos.PaxosFixture.ask;
import static dev.synod.paxos.PaxosFixture.asked;
import static dev.synod.paxos.PaxosFixture.ballot;
import static dev.synod.paxos.PaxosFixture.nack;
import static dev.synod.paxos.PaxosFixture.prepare;
import static dev.synod.paxos.PaxosFixture.preparing;
import static dev.synod.paxos.PaxosFixture.promise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.core.Majority;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Learner;
import dev.synod.paxos.rules.Result;
import dev.synod.paxos.rules.Rounds;
import dev.synod.paxos.rules.Written;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Paxos Made Simple (Lamport 2001) §2.3 to §2.5")
class PaxosProgressTest {

  private static final Ballot LOW = ballot(3, S1);
  private static final Ballot HIGH = ballot(3, S2);
  private static final Ballot HIGHER = ballot(4, S1);

  @Nested
  @DisplayName("§2.3 Learning a chosen value")
  class Learning {

    private final Learner<String> learner = Learner.initial(Majority.of(THREE));

    @Test
    @DisplayName("that a proposal was accepted by a majority, from the acceptors")
    void fromAcceptors() {
      var one = learner.receive(accepted(S1, LOW, "a"));
      var again = one.receive(accepted(S1, LOW, "a"));
      var two = again.receive(accepted(S3, LOW, "a"));

      assertThat(again.learned()).isEmpty();
      assertThat(two.learned()).contains("a");
    }

    @Test
    @DisplayName("acceptances of different ballots do not make a majority, even of the same value")
    void differentBallots() {
      var two = learner.receive(accepted(S1, LOW, "a")).receive(accepted(S3, HIGH, "a"));

      assertThat(two.learned()).isEmpty();
    }

    @Test
    @DisplayName("from a proposer that knows")
    void fromProposer() {
      assertThat(learner.receive(new PaxosMessage.Chosen<>(LOW, "a")).learned()).contains("a");
    }

    @Test
    @DisplayName("that two values are chosen can't be, and stops the learner")
    void twoValues() {
      var knows = learner.receive(new PaxosMessage.Chosen<>(LOW, "a"));

      assertThatThrownBy(() -> knows.receive(new PaxosMessage.Chosen<>(HIGH, "b")))
          .isInstanceOf(InvariantViolation.class)
          .hasMessageContaining("only one value is chosen");
    }
  }

  @Nested
  @DisplayName("§2.4 Progress")
  class Progress {

    @Test
    @DisplayName("two proposers in step decide nothing, however often they ask")
    void duel() {
      var assembly = new Assembly("s1", "s2", "s3");
      assembly.wants("s1", "a");
      assembly.wants("s2", "b");
      assembly.prepares("s1", "s1", "s3");
      for (int attempt = 1; attempt <= 50; attempt++) {
        assembly.prepares("s2", "s2", "s3");
        assembly.accepts("s1", "s2", "s3");
        assembly.triesAgain("s1", attempt);
        assembly.prepares("s1", "s2", "s3");
        assembly.accepts("s2", "s2", "s3");
        assembly.triesAgain("s2", attempt);
      }

      assertThat(assembly.learned()).isEmpty();
    }

    @Test
    @DisplayName("if one of them waits a little longer, the other one's value is chosen")
    void oneWaits() {
      var assembly = new Assembly("s1", "s2", "s3");
      assembly.wants("s1", "a");
      assembly.wants("s2", "b");
      assembly.prepares("s1", "s1", "s3");
      assembly.prepares("s2", "s2", "s3");
      assembly.accepts("s1", "s2", "s3");

      assembly.accepts("s2", "s2", "s3");

      assertThat(assembly.learned()).contains("b");
    }

    @Test
    @DisplayName("a proposer pauses before its next ballot, which is its next attempt")
    void pauses() {
      var paused = preparing(LOW, "a").receive(nack(S2, LOW, HIGH));
      var resumed = paused.after().resume(1, HIGHER);

      assertThat(paused.effects()).containsExactly(new Effect.BackOff<>(1));
      assertThat(asked(resumed)).containsExactly(prepare(HIGHER));
      assertThat(resumed.effects()).endsWith(new Effect.AwaitAnswers<>(2));
    }

    @Test
    @DisplayName("what it never sent to be accepted is certainly not chosen when it ends")
    void notProposed() {
      var proposer = preparing(LOW, "a");
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        proposer = proposer.timedOut(attempt).after();
        proposer = proposer.resume(attempt, ballot(9 + attempt, S1)).after();
      }

      assertThat(proposer.timedOut(ATTEMPTS).effects())
          .containsExactly(new Effect.Finish<>(new Result.NotProposed<>()));
    }

    @Test
    @DisplayName("what it once sent to be accepted may be chosen: it ends without knowing")
    void unknown() {
      var refused = accepting(LOW, "a").receive(nack(S1, LOW, HIGH)).after();
      var paused = refused.receive(nack(S2, LOW, HIGH)).after();
      var second = paused.resume(1, ballot(10, S1)).after().timedOut(2).after();
      var third = second.resume(2, ballot(11, S1)).after();

      assertThat(third.timedOut(ATTEMPTS).effects())
          .containsExactly(new Effect.Finish<>(new Result.Unknown<>()));
    }

    @Test
    @DisplayName("silence in phase 2: it asks the silent ones again, in the same ballot")
    void asksAgain() {
      var one = accepting(LOW, "a").receive(accepted(S2, LOW, "a")).after();

      assertThat(one.timedOut(1).effects())
          .containsExactly(
              ask(S1, accept(LOW, "a")), ask(S3, accept(LOW, "a")), new Effect.AwaitAnswers<>(2));
    }

    @Test
    @DisplayName("a time-out or a pause of an earlier attempt, and late answers, change nothing")
    void late() {
      var accepting = accepting(HIGH, "a");
      var paused = preparing(HIGH, "a").timedOut(1).after();

      assertThat(accepting.timedOut(0).after()).isEqualTo(accepting);
      assertThat(accepting.resume(1, HIGHER).after()).isEqualTo(accepting);
      assertThat(accepting.receive(promise(S3, HIGH)).after()).isEqualTo(accepting);
      assertThat(accepting.receive(nack(S3, LOW, HIGH)).after()).isEqualTo(accepting);
      assertThat(paused.receive(promise(S1, HIGH)).after()).isEqualTo(paused);
      assertThat(paused.resume(2, HIGHER).after()).isEqualTo(paused);
    }
  }

  @Nested
  @DisplayName("§2.5 The implementation")
  class Implementation {

    @Test
    @DisplayName("an acceptor is made again by what it wrote, in its order")
    void recovers() {
      Acceptor<String> again =
          acceptor()
              .recovered(new Written.Promised<>(LOW))
              .recovered(new Written.Voted<>(new Vote<>(LOW, "a")))
              .recovered(new Written.Promised<>(HIGH));

      assertThat(again.promised()).isEqualTo(HIGH);
      assertThat(again.vote()).contains(new Vote<>(LOW, "a"));
      assertThatThrownBy(() -> again.recovered(new Written.Promised<>(LOW)))
          .isInstanceOf(InvariantViolation.class)
          .hasMessageContaining("in the order of ballots");
    }

    @Test
    @DisplayName(
        "an acceptor is made again by what it writes once more, with what was before it or without")
    void keeps() {
      Acceptor<String> promised = acceptor().recovered(new Written.Promised<>(LOW));
      Acceptor<String> voted = promised.recovered(new Written.Voted<>(new Vote<>(LOW, "a")));
      Acceptor<String> both = voted.recovered(new Written.Promised<>(HIGH));

      for (Acceptor<String> one : List.of(promised, voted, both)) {
        assertThat(one.recovered(one.kept())).isEqualTo(one);
        assertThat(acceptor().recovered(one.kept())).isEqualTo(one);
      }
    }

    @Test
    @DisplayName(
        "a proposer begins with a number above all that it has tried, after a restart, too")
    void rounds() {
      var first = Rounds.atStart(S1, 0, 10).next();
      var second = first.after().next();
      var restarted = Rounds.atStart(S1, second.after().reserved(), 10).next();

      assertThat(first.ballot()).isEqualTo(ballot(1, S1));
      assertThat(first.reserves()).isTrue();
      assertThat(first.after().reserved()).isEqualTo(10);
      assertThat(second.ballot()).isEqualTo(ballot(2, S1));
      assertThat(second.reserves()).isFalse();
      assertThat(restarted.ballot()).isEqualTo(ballot(11, S1));
      assertThat(restarted.reserves()).isTrue();
    }

    @Test
    @DisplayName("and above all that others have used, as far as it has heard")
    void roundsSeen() {
      var next = Rounds.atStart(S1, 0, 1).seen(ballot(7, S3)).seen(ballot(2, S2)).next();

      assertThat(next.ballot()).isEqualTo(ballot(8, S1));
      assertThat(next.reserves()).isTrue();
    }
  }
}
