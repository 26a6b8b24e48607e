package dev.synod.paxos.rules;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.PaxosMessage;

/**
 * What a rule wants done. Effects are started in the order of the list; a write among them becomes
 * durable later, and only what is wrapped in {@link WhenDurable} waits for it.
 */
public sealed interface Effect<V> {

  void perform(Performer<V> performer);

  /** An acceptor writes that down. */
  record Write<V>(Written<V> written) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.write(this);
    }
  }

  /** Do that once all writes before it, of this step and of earlier ones, are durable. */
  record WhenDurable<V>(Effect<V> effect) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.whenDurable(this);
    }
  }

  /** An acceptor answers a proposer. */
  record Answer<V>(StoreId proposer, PaxosMessage.ToProposer<V> message) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.answer(this);
    }
  }

  /** A proposer asks an acceptor. */
  record Ask<V>(StoreId acceptor, PaxosMessage.ToAcceptor<V> message) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.ask(this);
    }
  }

  /** All learners are told. */
  record Publish<V>(PaxosMessage.ToLearner<V> message) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.publish(this);
    }
  }

  /** Answers are waited for; the wait ends in {@link Proposer#timedOut} with that number. */
  record AwaitAnswers<V>(int attempt) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.awaitAnswers(this);
    }
  }

  /**
   * §2.4: wait at random before the next ballot, the longer the more attempts there were; ends in
   * {@link Proposer#resume} with that number.
   */
  record BackOff<V>(int attempt) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.backOff(this);
    }
  }

  /** The proposer is done. */
  record Finish<V>(Result<V> result) implements Effect<V> {
    @Override
    public void perform(Performer<V> performer) {
      performer.finish(this);
    }
  }

  /** Does what effects say: one method per effect, so none can be forgotten. */
  interface Performer<V> {
    void write(Write<V> effect);

    void whenDurable(WhenDurable<V> effect);

    void answer(Answer<V> effect);

    void ask(Ask<V> effect);

    void publish(Publish<V> effect);

    void awaitAnswers(AwaitAnswers<V> effect);

    void backOff(BackOff<V> effect);

    void finish(Finish<V> effect);
  }
}
