package dev.synod.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.ProposerStep;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.Optional;

/** The words of the paper's tests. Three acceptors s1, s2, s3; values are text. */
final class PaxosFixture {

  static final StoreId S1 = StoreId.of(1);
  static final StoreId S2 = StoreId.of(2);
  static final StoreId S3 = StoreId.of(3);
  static final StoreId STRANGER = StoreId.of(9);
  static final List<StoreId> THREE = List.of(S1, S2, S3);
  static final int ATTEMPTS = 3;

  private PaxosFixture() {}

  static Ballot ballot(long round, StoreId proposer) {
    return new Ballot(round, proposer);
  }

  static Acceptor<String> acceptor() {
    return Acceptor.initial(S1);
  }

  /** One that has promised a ballot, and has accepted nothing. */
  static Acceptor<String> promised(Ballot ballot) {
    return new Acceptor<>(S1, ballot, Optional.empty());
  }

  static Acceptor<String> voted(Ballot ballot, String value) {
    return new Acceptor<>(S1, ballot, Optional.of(new Vote<>(ballot, value)));
  }

  static PaxosMessage.Prepare<String> prepare(Ballot ballot) {
    return new PaxosMessage.Prepare<>(ballot);
  }

  static PaxosMessage.Accept<String> accept(Ballot ballot, String value) {
    return new PaxosMessage.Accept<>(ballot, value);
  }

  static PaxosMessage.Promise<String> promise(StoreId from, Ballot ballot) {
    return new PaxosMessage.Promise<>(from, ballot, Optional.empty());
  }

  static PaxosMessage.Promise<String> promise(
      StoreId from, Ballot ballot, Ballot votedBallot, String value) {
    return new PaxosMessage.Promise<>(from, ballot, Optional.of(new Vote<>(votedBallot, value)));
  }

  static PaxosMessage.Accepted<String> accepted(StoreId from, Ballot ballot, String value) {
    return new PaxosMessage.Accepted<>(from, ballot, value);
  }

  static PaxosMessage.Nack<String> nack(StoreId from, Ballot ballot, Ballot promised) {
    return new PaxosMessage.Nack<>(from, ballot, promised);
  }

  static Effect<String> answer(Ballot to, PaxosMessage.ToProposer<String> message) {
    return new Effect.Answer<>(to.proposer(), message);
  }

  static Effect<String> whenDurable(Effect<String> effect) {
    return new Effect.WhenDurable<>(effect);
  }

  static Effect<String> ask(StoreId acceptor, PaxosMessage.ToAcceptor<String> message) {
    return new Effect.Ask<>(acceptor, message);
  }

  static Proposal<String> wanting(String value) {
    return wanting(new Change.Decide<>(value));
  }

  static Proposal<String> wanting(Change<String> change) {
    return new Proposal<>(Quorums.majorities(THREE), change, ATTEMPTS);
  }

  /** A proposer in phase 1. */
  static Proposer<String> preparing(Ballot ballot, String value) {
    return Proposer.begin(wanting(value), ballot).after();
  }

  /** A proposer in phase 2, whose promises came without votes. */
  static Proposer<String> accepting(Ballot ballot, String value) {
    return accepting(wanting(value), ballot);
  }

  static Proposer<String> accepting(Proposal<String> proposal, Ballot ballot) {
    var begun = Proposer.begin(proposal, ballot).after();
    return begun.receive(promise(S1, ballot)).after().receive(promise(S2, ballot)).after();
  }

  /** What the step asks of acceptors, each request once. */
  static List<PaxosMessage.ToAcceptor<String>> asked(ProposerStep<String> step) {
    return step.effects().stream()
        .map(effect -> effect instanceof Effect.WhenDurable<String> gated ? gated.effect() : effect)
        .filter(Effect.Ask.class::isInstance)
        .map(effect -> ((Effect.Ask<String>) effect).message())
        .distinct()
        .toList();
  }
}
