package dev.synod.paxos.protocol;

import dev.synod.core.StoreId;
import java.util.Optional;

/**
 * Everything that is said about one decision. Any of it may be lost, doubled or late.
 *
 * @param <V> what is decided
 */
public sealed interface PaxosMessage<V> {

  /** Which proposal it is about. The ballot of a request names the proposer who wants an answer. */
  Ballot ballot();

  /** What an acceptor is asked. */
  sealed interface ToAcceptor<V> extends PaxosMessage<V> {
    <R> R match(ForAcceptor<V, R> cases);
  }

  /** What a proposer is answered. */
  sealed interface ToProposer<V> extends PaxosMessage<V> {

    /** The acceptor. */
    StoreId from();

    <R> R match(ForProposer<V, R> cases);
  }

  /** What a learner is told. */
  sealed interface ToLearner<V> extends PaxosMessage<V> {
    <R> R match(ForLearner<V, R> cases);
  }

  /** Phase 1(a): accept nothing below that ballot any more, and say what was accepted so far. */
  record Prepare<V>(Ballot ballot) implements ToAcceptor<V> {
    @Override
    public <R> R match(ForAcceptor<V, R> cases) {
      return cases.prepare(this);
    }
  }

  /** Phase 2(a): accept that value. */
  record Accept<V>(Ballot ballot, V value) implements ToAcceptor<V> {
    @Override
    public <R> R match(ForAcceptor<V, R> cases) {
      return cases.accept(this);
    }
  }

  /**
   * Phase 1(b): nothing below the ballot will be accepted.
   *
   * @param vote the highest proposal accepted so far, if there is one
   */
  record Promise<V>(StoreId from, Ballot ballot, Optional<Vote<V>> vote) implements ToProposer<V> {
    @Override
    public <R> R match(ForProposer<V, R> cases) {
      return cases.promise(this);
    }
  }

  /** Phase 2(b): accepted. It goes to learners too (§2.3). */
  record Accepted<V>(StoreId from, Ballot ballot, V value) implements ToProposer<V>, ToLearner<V> {
    @Override
    public <R> R match(ForProposer<V, R> cases) {
      return cases.accepted(this);
    }

    @Override
    public <R> R match(ForLearner<V, R> cases) {
      return cases.accepted(this);
    }
  }

  /**
   * End of §2.2: neither promised nor accepted. It changes nothing that is safe, and lets a
   * proposer give up sooner.
   *
   * @param promised the higher ballot that stands against it
   */
  record Nack<V>(StoreId from, Ballot ballot, Ballot promised) implements ToProposer<V> {
    @Override
    public <R> R match(ForProposer<V, R> cases) {
      return cases.nack(this);
    }
  }

  /** §2.3: a quorum has accepted that. */
  record Chosen<V>(Ballot ballot, V value) implements ToLearner<V> {
    @Override
    public <R> R match(ForLearner<V, R> cases) {
      return cases.chosen(this);
    }
  }

  /** One method per request, so none can be forgotten. */
  interface ForAcceptor<V, R> {
    R prepare(Prepare<V> prepare);

    R accept(Accept<V> accept);
  }

  /** One method per answer. */
  interface ForProposer<V, R> {
    R promise(Promise<V> promise);

    R accepted(Accepted<V> accepted);

    R nack(Nack<V> nack);
  }

  /** One method per message. */
  interface ForLearner<V, R> {
    R accepted(Accepted<V> accepted);

    R chosen(Chosen<V> chosen);
  }
}
