package dev.synod.paxos.actor;

import dev.synod.core.InvariantViolation;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Effect;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Does what an acceptor's step says, for one request. */
record AcceptorEffects(
    AcceptorMessage.Hear request,
    Acceptors acceptors,
    Consumer<Runnable> gate,
    BiConsumer<ActorRef<ProposerMessage>, ProposerMessage> answers,
    Consumer<LearnerMessage> learners)
    implements Effect.Performer<Content> {

  @Override
  public void write(Effect.Write<Content> effect) {
    acceptors.write(request.key(), effect.written());
  }

  @Override
  public void whenDurable(Effect.WhenDurable<Content> effect) {
    gate.accept(() -> effect.effect().perform(this));
  }

  @Override
  public void answer(Effect.Answer<Content> effect) {
    answers.accept(request.replyTo(), new ProposerMessage.Hear(request.key(), effect.message()));
  }

  @Override
  public void publish(Effect.Publish<Content> effect) {
    learners.accept(new LearnerMessage.Hear(request.key(), effect.message()));
  }

  @Override
  public void ask(Effect.Ask<Content> effect) {
    throw notMine(effect);
  }

  @Override
  public void awaitAnswers(Effect.AwaitAnswers<Content> effect) {
    throw notMine(effect);
  }

  @Override
  public void backOff(Effect.BackOff<Content> effect) {
    throw notMine(effect);
  }

  @Override
  public void finish(Effect.Finish<Content> effect) {
    throw notMine(effect);
  }

  private static InvariantViolation notMine(Effect<Content> effect) {
    return new InvariantViolation("an acceptor has no such effect: " + effect);
  }
}
