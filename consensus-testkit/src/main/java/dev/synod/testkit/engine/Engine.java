package dev.synod.testkit.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor system in which the seed decides the order of all events and time is virtual.
 *
 * <p>Used by one thread, the one that made it: actors are spawned and told things from there, and
 * run only inside {@link #step}, {@link #runFor} and {@link #runUntil}. It holds no thread and no
 * file, so it needs no closing: dropping it is enough.
 */
public final class Engine {

  /**
   * What one event costs in virtual time: so that even an endless conversation lets timers fire.
   */
  public static final Duration STEP = Duration.ofNanos(1_000);

  private final long seed;
  private final ActorSystem<Void> system;
  private final Core core;
  private final boolean numbersSeeded;

  private Engine(long seed, Config config) {
    this.seed = seed;
    this.numbersSeeded = JdkChance.seed(Draw.of(seed, "actor numbers").nextLong());
    this.core = new Core(seed, STEP.toNanos());
    var threadless = EngineConfig.of(config);
    var setup =
        BootstrapSetup.create(threadless).withClassloader(new WithoutManifests(parentLoader()));
    this.system =
        StartUp.with(
            core,
            () -> ActorSystem.create(Behaviors.empty(), "sim", ActorSystemSetup.create(setup)));
    core.begin();
  }

  private static ClassLoader parentLoader() {
    var ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? Engine.class.getClassLoader() : ofThread;
  }

  /** With the configuration that the class path has. */
  public static Engine of(long seed) {
    return of(seed, ConfigFactory.load());
  }

  /** With that configuration, whose dispatchers and scheduler are replaced. */
  public static Engine of(long seed, Config config) {
    return new Engine(seed, config);
  }

  public long seed() {
    return seed;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  /** A machine of that name, without a dot; made before its actors are. */
  public Host host(String name) {
    return core.host(name);
  }

  /** Starts an actor at the top. */
  public <M> ActorRef<M> spawn(Behavior<M> behavior, String name) {
    return system.systemActorOf(behavior, name, Props.empty());
  }

  /** Does that after so long of virtual time, unless something else belongs there first. */
  public void after(Duration delay, Runnable task) {
    core.timers().add(core.now() + Math.max(0, delay.toNanos()), task);
  }

  /** Virtual nanoseconds since the start. */
  public long nanoTime() {
    return core.now();
  }

  /** Events so far. */
  public long steps() {
    return core.steps();
  }

  /** The events so far in one number, to which others may add what they know. */
  public Trace trace() {
    return core.trace();
  }

  /** Chance for one purpose, derived from the seed. */
  public Draw chance(String purpose) {
    return Draw.of(seed, purpose);
  }

  /** Whether the numbers that Pekko gives actors come from the seed, too. */
  public boolean areActorNumbersSeeded() {
    return numbersSeeded;
  }

  /**
   * One event: an actor handles one message, or a task runs, or the clock goes on to the next
   * timer. False if nothing will ever happen by itself.
   */
  public boolean step() {
    return core.step(Long.MAX_VALUE);
  }

  /** Everything that happens within so long of virtual time. */
  public void runFor(Duration time) {
    long until = core.now() + time.toNanos();
    boolean more = core.now() < until;
    while (more) {
      more = core.step(until) && core.now() < until;
    }
    core.idleUntil(until);
  }

  /**
   * Until the condition holds, looked at after every event; false if it did not within that time.
   */
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    long until = core.now() + atMost.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && core.now() < until && core.step(until)) {
      holds = condition.getAsBoolean();
    }
    if (!holds) {
      core.idleUntil(until);
    }
    return holds;
  }
}
