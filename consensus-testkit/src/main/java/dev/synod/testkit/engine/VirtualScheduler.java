package dev.synod.testkit.engine;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Pekko's scheduler in virtual time. The actor system makes it, and through it all else finds the
 * core.
 */
public final class VirtualScheduler extends AbstractScheduler {

  private static final double FREQUENCY_MAX = 1e9;

  private final Core core;

  /** Called by the actor system, by reflection. */
  public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
    this.core = StartUp.core();
  }

  Core core() {
    return core;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    var host = core.current();
    return new Once(core.timers().add(dueIn(delay.toNanos(), host), () -> core.submit(task, host)));
  }

  @Override
  @SuppressWarnings("deprecation") // what a scheduler must still answer
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable task,
      ExecutionContext executor) {
    var repeated = new Repeated(core.current(), interval.toNanos(), task);
    repeated.next(dueIn(initialDelay.toNanos(), repeated.host));
    return repeated;
  }

  @Override
  public double maxFrequency() {
    return FREQUENCY_MAX;
  }

  private long dueIn(long delayNanos, Host host) {
    return core.now() + host.virtualNanos(Math.max(0, delayNanos));
  }

  private record Once(TimerQueue.Timer timer) implements Cancellable {

    @Override
    public boolean cancel() {
      return timer.cancel();
    }

    @Override
    public boolean isCancelled() {
      return timer.isOver();
    }
  }

  private final class Repeated implements Cancellable {

    private final Host host;
    private final long interval;
    private final Runnable task;
    private boolean isCancelled;

    Repeated(Host host, long interval, Runnable task) {
      this.host = host;
      this.interval = interval;
      this.task = task;
    }

    void next(long at) {
      core.timers()
          .add(
              at,
              () -> {
                if (!isCancelled && !host.isOff()) {
                  core.submit(task, host);
                  next(at + host.virtualNanos(interval));
                }
              });
    }

    @Override
    public boolean cancel() {
      boolean was = isCancelled;
      isCancelled = true;
      return !was;
    }

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }
  }
}
