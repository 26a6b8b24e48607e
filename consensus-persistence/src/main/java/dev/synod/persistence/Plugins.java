package dev.synod.persistence;

import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.AbstractPersistentActor;

/** The two plugins that keep everything, and the persistent actors that speak to them. */
final class Plugins {

  /** Of all stores of this process, so that no two actors have one name. */
  private static final AtomicLong SPAWNED = new AtomicLong();

  private final ExtendedActorSystem system;
  private final PersistenceSettings settings;

  Plugins(ActorSystem<?> system, PersistenceSettings settings) {
    this.system = (ExtendedActorSystem) Adapter.toClassic(system);
    this.settings = settings;
  }

  PersistenceSettings settings() {
    return settings;
  }

  /**
   * An actor that uses these plugins. Pekko asks for their names before the actor's own fields are
   * set, so they stand in the object around it.
   */
  abstract class Client extends AbstractPersistentActor {

    private final String persistenceId;

    Client(String persistenceId) {
      this.persistenceId = persistenceId;
    }

    @Override
    public String persistenceId() {
      return persistenceId;
    }

    @Override
    public String journalPluginId() {
      return settings.journalPlugin();
    }

    @Override
    public String snapshotPluginId() {
      return settings.snapshotPlugin();
    }
  }

  /**
   * Starts an actor.
   *
   * @param notMade told why not, such as a plugin that is not configured
   */
  <A extends Client> ActorRef spawn(
      Class<A> kind, Supplier<A> client, Consumer<Throwable> notMade) {
    var props =
        Props.create(
            kind,
            () -> {
              try {
                return client.get();
              } catch (RuntimeException e) {
                notMade.accept(e);
                throw e;
              }
            });
    return system.systemActorOf(props, "synod-persistence-" + SPAWNED.incrementAndGet());
  }

  /**
   * Blocks until the answer is there.
   *
   * @throws LogException if it is a failure, or does not come in time
   */
  <T> T await(CompletableFuture<T> answer, Duration timeout, String doing) {
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      var cause = e.getCause();
      throw cause instanceof LogException known ? known : failure(doing, String.valueOf(cause));
    } catch (TimeoutException e) {
      throw failure(doing, "the plugin did not answer within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(doing, "interrupted");
    }
  }

  private static LogException failure(String doing, String why) {
    return new LogException(LogFailure.Kind.IO, doing + ": " + why);
  }
}
