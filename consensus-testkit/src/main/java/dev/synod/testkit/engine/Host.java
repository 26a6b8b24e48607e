package dev.synod.testkit.engine;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * A simulated machine: whatever belongs to it can be frozen, thawed and switched off at once,
 * between two messages, and its timers run at its own pace. To the host {@code n1} belong the
 * top-level actors {@code n1} and {@code n1.anything} and all below them, and the tasks that these
 * submit.
 */
public final class Host implements Executor {

  private static final double RATE_MIN = 0.1;
  private static final double RATE_MAX = 10;

  private enum State {
    RUNNING,
    FROZEN,
    OFF
  }

  private final String name;
  private final Core core;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private State state = State.RUNNING;
  private double rate = 1;
  private long rateSince;
  private long localSince;

  Host(String name, Core core) {
    this.name = name;
    this.core = core;
    this.rateSince = core.now();
    this.localSince = core.now();
  }

  public String name() {
    return name;
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  public boolean isOff() {
    return state == State.OFF;
  }

  /** Runs the task on behalf of this host: later, in the one thread of the simulation. */
  @Override
  public void execute(Runnable task) {
    core.submit(task, this);
  }

  /** Nothing of this host runs until {@link #thaw}; what becomes due meanwhile waits. */
  public void freeze() {
    if (state == State.RUNNING) {
      state = State.FROZEN;
    }
  }

  /** Ends a {@link #freeze}. */
  public void thaw() {
    if (state == State.FROZEN) {
      state = State.RUNNING;
      while (!held.isEmpty()) {
        core.queue().add(held.remove(), this);
      }
    }
  }

  /** The power is cut: nothing of this host ever runs again, no signal handler either. */
  public void switchOff() {
    state = State.OFF;
    held.clear();
  }

  /**
   * How fast this host's clock runs, 1 being exact: 1.01 gains ten milliseconds a second. Timers
   * started from now on follow it.
   */
  public void rate(double factor) {
    if (!(factor >= RATE_MIN && factor <= RATE_MAX)) {
      throw new IllegalArgumentException(
          "a clock's rate is from %s to %s, but got %s".formatted(RATE_MIN, RATE_MAX, factor));
    }
    localSince = nanoTime();
    rateSince = core.now();
    rate = factor;
  }

  /** This host's monotonic clock, in nanoseconds. */
  public long nanoTime() {
    long elapsed = core.now() - rateSince;
    return localSince + (rate == 1 ? elapsed : (long) (elapsed * rate));
  }

  /** Virtual nanoseconds until this host's clock has advanced by that much. */
  long virtualNanos(long localNanos) {
    return rate == 1 ? localNanos : (long) (localNanos / rate);
  }

  /** Keeps a task while frozen; drops it when off. */
  void keep(Runnable task) {
    if (state == State.FROZEN) {
      held.add(task);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
