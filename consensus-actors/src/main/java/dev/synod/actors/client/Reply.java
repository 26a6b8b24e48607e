package dev.synod.actors.client;

import dev.synod.core.Outcome;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the outcome of one request goes. */
sealed interface Reply {

  void tell(Outcome<Object> outcome);

  /**
   * Completes a stage. What depends on it is foreign code, so this runs outside of the client's
   * actor.
   */
  record ToFuture(CompletableFuture<Outcome<Object>> future) implements Reply {
    @Override
    public void tell(Outcome<Object> outcome) {
      future.complete(outcome);
    }
  }

  /** Tells an actor. */
  record ToActor(ActorRef<Outcome<Object>> actor) implements Reply {
    @Override
    public void tell(Outcome<Object> outcome) {
      actor.tell(outcome);
    }
  }
}
