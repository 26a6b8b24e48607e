package dev.synod.actors;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Lets a test wait until an actor has handled all that it was told: set its timers, for instance,
 * before virtual time passes.
 */
public final class Settling extends BehaviorInterceptor<Object, Object> {

  private static final int TIMES = 3; // what it tells itself is handled behind the look

  private static final int LOOK_MILLIS = 10;
  private static final int LOOKS_MAX = 6_000;

  private record Look(CountDownLatch seen) {}

  private Settling() {
    super(Object.class);
  }

  /** The same behavior, of an actor for {@link #await}. */
  public static <T> Behavior<T> of(Behavior<T> behavior) {
    return Behaviors.intercept(Settling::new, behavior.<Object>unsafeCast()).unsafeCast();
  }

  /** Returns once the actor has handled all, and what it told itself then, or has ended. */
  public static void await(ActorRef<?> actor) {
    for (int i = 0; i < TIMES; i++) {
      var seen = new CountDownLatch(1);
      actor.<Object>unsafeUpcast().tell(new Look(seen));
      await(actor, seen);
    }
  }

  private static void await(ActorRef<?> actor, CountDownLatch seen) {
    try {
      for (int i = 0; !seen.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); i++) {
        if (Adapter.toClassic(actor).isTerminated()) {
          return;
        } else if (i == LOOKS_MAX) {
          throw new AssertionError(actor + " does not look at what it was told");
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
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
