package dev.synod.actors.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The ask pattern, on the actor system's own threads. The stages of {@link AskPattern} run each of
 * their steps on the common pool; on one or two processors that has no thread, and the JDK starts
 * one for each step.
 */
public final class Asking {

  private Asking() {}

  /**
   * Asks an actor.
   *
   * @param question makes it, with the address of the answer
   * @param patience after which the stage fails
   * @return steps that are added to it run on the system's default dispatcher, or at once if the
   *     answer is there
   */
  public static <Q, A> CompletionStage<A> ask(
      ActorSystem<?> system,
      ActorRef<Q> actor,
      Function<ActorRef<A>, Q> question,
      Duration patience) {
    CompletionStage<A> answer =
        AskPattern.ask(actor, question::apply, patience, system.scheduler());
    return answer.thenApplyAsync(
        Function.identity(), system.dispatchers().lookup(DispatcherSelector.defaultDispatcher()));
  }
}
