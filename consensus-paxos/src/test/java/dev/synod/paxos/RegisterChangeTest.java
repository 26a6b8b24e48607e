package dev.synod.paxos;

import static dev.synod.paxos.PaxosFixture.ATTEMPTS;
import static dev.synod.paxos.PaxosFixture.S1;
import static dev.synod.paxos.PaxosFixture.S2;
import static dev.synod.paxos.PaxosFixture.THREE;
import static dev.synod.paxos.PaxosFixture.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Accepting;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Pausing;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.RegisterChange;
import dev.synod.paxos.rules.Result;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CASPaxos (Rystsov 2018): a register")
class RegisterChangeTest {

  private static final Content A = Content.of(Bytes.utf8("a"));
  private static final Content B = Content.of(Bytes.utf8("b"));
  private static final Ballot OLD = ballot(3, S2);
  private static final Ballot NEW = ballot(5, S1);

  /** A proposer that has found {@code found}, written with the ballot {@link #OLD}. */
  private static Proposer<Content> accepting(RegisterChange change, Content found) {
    var proposal = new Proposal<Content>(Quorums.majorities(THREE), change, ATTEMPTS);
    var vote = Optional.of(new Vote<>(OLD, found));
    return Proposer.begin(proposal, NEW)
        .after()
        .receive(new PaxosMessage.Promise<>(S1, NEW, vote))
        .after()
        .receive(new PaxosMessage.Promise<>(S2, NEW, Optional.empty()))
        .after();
  }

  private static Proposer<Content> refused(Proposer<Content> proposer) {
    return proposer
        .receive(new PaxosMessage.Nack<>(S1, NEW, ballot(6, S2)))
        .after()
        .receive(new PaxosMessage.Nack<>(S2, NEW, ballot(6, S2)))
        .after();
  }

  private static Content proposed(Proposer<Content> proposer) {
    return ((Accepting<Content>) proposer).value();
  }

  @Test
  @DisplayName("holds nothing at first, and a read proposes that")
  void nothing() {
    assertThat(new RegisterChange.Get().on(Optional.empty()).value()).isEqualTo(Content.NOTHING);
    assertThat(new RegisterChange.CompareAndSet(Content.NOTHING, A).on(Optional.empty()).value())
        .isEqualTo(A);
  }

  @Test
  @DisplayName("is read by proposing the value of the highest vote under an own ballot")
  void get() {
    assertThat(proposed(accepting(new RegisterChange.Get(), A))).isEqualTo(A);
  }

  @Test
  @DisplayName("takes another value under a higher ballot: nothing is reset")
  void set() {
    assertThat(proposed(accepting(new RegisterChange.Set(B), A))).isEqualTo(B);
  }

  @Test
  @DisplayName("is compared with what the highest vote says")
  void compareAndSet() {
    assertThat(proposed(accepting(new RegisterChange.CompareAndSet(A, B), A))).isEqualTo(B);
    assertThat(proposed(accepting(new RegisterChange.CompareAndSet(B, B), A))).isEqualTo(A);
  }

  @Test
  @DisplayName("a comparison that fails is answered only when its round has succeeded")
  void failedComparisonIsARound() {
    var one =
        accepting(new RegisterChange.CompareAndSet(B, B), A)
            .receive(new PaxosMessage.Accepted<>(S1, NEW, A));
    var two = one.after().receive(new PaxosMessage.Accepted<>(S2, NEW, A));

    assertThat(one.effects()).isEmpty();
    assertThat(two.effects()).contains(new Effect.Finish<>(new Result.Chosen<>(NEW, A, false)));
  }

  @Test
  @DisplayName("a write whose accept quorum fails is not acknowledged, nor tried again: unknown")
  void failedWriteIsUnknown() {
    var proposer = accepting(new RegisterChange.Set(B), A);

    assertThat(refused(proposer)).isEqualTo(new Finished<>(NEW, new Result.Unknown<>()));
    assertThat(refused(accepting(new RegisterChange.CompareAndSet(A, B), A)))
        .isEqualTo(new Finished<>(NEW, new Result.Unknown<>()));
  }

  @Test
  @DisplayName("a read, or a comparison that failed, may begin again: it changed nothing")
  void readsBeginAgain() {
    assertThat(refused(accepting(new RegisterChange.Get(), A))).isInstanceOf(Pausing.class);
    assertThat(refused(accepting(new RegisterChange.CompareAndSet(B, B), A)))
        .isInstanceOf(Pausing.class);
  }

  @Test
  @DisplayName("a write that no acceptor was asked to accept is certainly not taken")
  void notProposed() {
    var proposal = new Proposal<Content>(Quorums.majorities(THREE), new RegisterChange.Set(B), 1);

    assertThat(Proposer.begin(proposal, NEW).after().timedOut(1).effects())
        .containsExactly(new Effect.Finish<>(new Result.NotProposed<>()));
  }
}
