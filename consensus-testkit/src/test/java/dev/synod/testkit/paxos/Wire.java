package dev.synod.testkit.paxos;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.core.Outcome;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A network between actors of one system which loses one message of five, doubles one of ten, and
 * keeps no order.
 */
final class Wire implements Peers {

  private static final int LOST = 20;
  private static final int DOUBLED = 10;
  private static final long DELAY_MAX_NANOS = Duration.ofMillis(20).toNanos();

  private final Engine engine;
  private final RandomGenerator random;
  private final Consumer<Object> observer;

  /**
   * A wire of one actor.
   *
   * @param observer sees what that actor says, whatever becomes of it
   */
  Wire(Engine engine, RandomGenerator random, Consumer<Object> observer) {
    this.engine = engine;
    this.random = random;
    this.observer = observer;
  }

  @Override
  public ActorRef<NodeMessage> node(String address) {
    throw new UnsupportedOperationException("there are no nodes here");
  }

  @Override
  public <M> void tell(ActorRef<? super M> to, M message) {
    observer.accept(message);
    if (message instanceof Outcome) {
      to.tell(message); // a client beside its proposer
      return;
    }
    if (random.nextInt(100) >= LOST) {
      deliver(to, message);
    }
    if (random.nextInt(100) < DOUBLED) {
      deliver(to, message);
    }
  }

  private <M> void deliver(ActorRef<? super M> to, M message) {
    engine.after(Duration.ofNanos(random.nextLong(DELAY_MAX_NANOS)), () -> to.tell(message));
  }
}
