package dev.synod.samples.modes;

import dev.synod.samples.api.MachineTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * All that a node has shown of something, one value after the other. Safe for use by many threads.
 *
 * @param <T> what is shown
 */
final class Shown<T> {

  /** For changes to arrive, on a machine that is busy with other things. */
  private static final Duration ARRIVAL_MAX = Duration.ofSeconds(20);

  /** More than any act makes; older ones are forgotten. */
  private static final int KEPT_MAX = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<T> values = new ArrayList<>();

  /**
   * @param first what is shown before there was any change
   */
  Shown(T first) {
    values.add(first);
  }

  void show(T value) {
    lock.lock();
    try {
      if (values.size() == KEPT_MAX) {
        values.remove(0);
      }
      values.add(value);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is shown now. */
  T last() {
    lock.lock();
    try {
      return values.get(values.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** All that was ever shown, in order. */
  List<T> all() {
    lock.lock();
    try {
      return List.copyOf(values);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until such a value is shown; gives what is shown then, or when it takes too long. */
  T await(Predicate<? super T> isAwaited) {
    long deadline = MachineTime.nanos() + ARRIVAL_MAX.toNanos();
    lock.lock();
    try {
      while (!isAwaited.test(last())) {
        if (!more.await(deadline - MachineTime.nanos(), TimeUnit.NANOSECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return last();
  }
}
