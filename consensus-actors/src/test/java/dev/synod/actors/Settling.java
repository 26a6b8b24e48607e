package dev.synod.actors;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Lets a test wait until an actor has handled all that it was told: set its timers, for instance,
 * before virtual time passes.
 */
public final class Settling extends BehaviorInterceptor<Object, Object> {

  private static final int TIMES = 3; // what it tells itself is handled behind the look

  private record Look(CountDownLatch seen) {}

  private Settling() {
    super(Object.class);
  }

  /** The same behavior, of an actor for {@link #await}. */
  public static <T> Behavior<T> of(Behavior<T> behavior) {
    return Behaviors.intercept(Settling::new, behavior.<Object>unsafeCast()).unsafeCast();
  }

  /** Returns once the actor, which must live, has handled all, what it told itself included. */
  public static void await(ActorRef<?> actor) {
    for (int i = 0; i < TIMES; i++) {
      var seen = new CountDownLatch(1);
      actor.<Object>unsafeUpcast().tell(new Look(seen));
      try {
        if (!seen.await(1, TimeUnit.MINUTES)) {
          throw new AssertionError(actor + " does not look at what it was told");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public Behavior<Object> aroundReceive(
      TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
    if (message instanceof Look look) {
      look.seen().countDown();
      return Behaviors.same();
    }
    return target.apply(context, message);
  }
}
