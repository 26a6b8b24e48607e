package dev.synod.paxos.actor;

import dev.synod.core.InvariantViolation;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Does what a proposer's steps say. */
final class ProposerEffects {

  private final ActorRef<ProposerMessage> self;
  private final TimerScheduler<ProposerMessage> timers;
  private final ProposerSetup setup;
  private final Pauses pauses;
  private final Map<StoreId, ActorRef<AcceptorMessage>> acceptors;

  ProposerEffects(
      ActorRef<ProposerMessage> self, TimerScheduler<ProposerMessage> timers, ProposerSetup setup) {
    this.self = self;
    this.timers = timers;
    this.setup = setup;
    this.pauses = new Pauses(setup.settings(), setup.random());
    this.acceptors = new HashMap<>(setup.acceptors());
  }

  void acceptorAt(StoreId store, ActorRef<AcceptorMessage> acceptor) {
    acceptors.put(store, acceptor);
  }

  /** A register has one timer at a time. */
  void stop(String key) {
    timers.cancel(key);
  }

  Effect.Performer<Content> of(Register register, Consumer<Runnable> gate) {
    return new Performing(register, gate);
  }

  private final class Performing implements Effect.Performer<Content> {

    private final Register register;
    private final Consumer<Runnable> gate;

    private Performing(Register register, Consumer<Runnable> gate) {
      this.register = register;
      this.gate = gate;
    }

    @Override
    public void whenDurable(Effect.WhenDurable<Content> effect) {
      gate.accept(() -> effect.effect().perform(this));
    }

    @Override
    public void ask(Effect.Ask<Content> effect) {
      var request = new AcceptorMessage.Hear(register.key(), effect.message(), self);
      var acceptor = acceptors.get(effect.acceptor());
      if (acceptor != null) {
        setup.peers().tell(acceptor, request);
      }
    }

    @Override
    public void publish(Effect.Publish<Content> effect) {
      var message = new LearnerMessage.Hear(register.key(), effect.message());
      setup.learners().forEach(learner -> setup.peers().tell(learner, message));
    }

    @Override
    public void awaitAnswers(Effect.AwaitAnswers<Content> effect) {
      timers.startSingleTimer(
          register.key(),
          new ProposerMessage.Late(register.key(), effect.attempt()),
          setup.settings().answerTimeout());
    }

    @Override
    public void backOff(Effect.BackOff<Content> effect) {
      timers.startSingleTimer(
          register.key(),
          new ProposerMessage.Rested(register.key(), effect.attempt()),
          pauses.after(effect.attempt()));
    }

    @Override
    public void finish(Effect.Finish<Content> effect) {
      register.current.replyTo().tell(outcome(effect.result()));
    }

    @Override
    public void write(Effect.Write<Content> effect) {
      throw notMine(effect);
    }

    @Override
    public void answer(Effect.Answer<Content> effect) {
      throw notMine(effect);
    }

    private InvariantViolation notMine(Effect<Content> effect) {
      return new InvariantViolation("a proposer has no such effect: " + effect);
    }
  }

  private static Outcome<RegisterReply> outcome(Result<Content> result) {
    if (result instanceof Result.Chosen<Content> chosen) {
      return new Outcome.Ok<>(
          new RegisterReply(chosen.own(), chosen.value()), chosen.ballot().round());
    }
    return result instanceof Result.NotProposed
        ? new Outcome.Rejected<>(
            Outcome.Reason.BUSY,
            "no quorum of acceptors let it through within synod.paxos.attempts-max attempts")
        : new Outcome.Unknown<>(
            "acceptors were asked to accept it, and no quorum is known to have done so");
  }
}
