package dev.synod.testkit.engine;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.BlockContext$;
import scala.concurrent.CanAwait;

/**
 * The start of an actor system in the one thread of its simulation. The system finds its scheduler
 * and executors by name only, so the core is handed to them beside the call; and where the start
 * waits for an actor's answer, that actor is given its turn.
 */
final class StartUp implements BlockContext {

  private static final ThreadLocal<@Nullable Core> STARTING = new ThreadLocal<>();

  private final Core core;

  private StartUp(Core core) {
    this.core = core;
  }

  /** The core for the system that this thread is starting. */
  static Core core() {
    return Objects.requireNonNull(
        STARTING.get(), "this scheduler serves only systems that an Engine starts");
  }

  static <T> T with(Core core, Supplier<T> start) {
    STARTING.set(core);
    try {
      return BlockContext$.MODULE$.withBlockContext(new StartUp(core), start::get);
    } finally {
      STARTING.remove();
    }
  }

  @Override
  public <T> T blockOn(Function0<T> thunk, CanAwait permission) {
    core.drain();
    return thunk.apply();
  }
}
