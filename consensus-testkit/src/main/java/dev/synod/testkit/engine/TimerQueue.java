package dev.synod.testkit.engine;

import java.util.PriorityQueue;

/**
 * What is to happen at a later virtual time: by time, then in the order in which it was asked for.
 */
final class TimerQueue {

  /** One thing to happen once. */
  static final class Timer implements Comparable<Timer> {
    private final long at;
    private final long number;
    private final Runnable task;
    private boolean isOver;

    private Timer(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    /** False if it has fired or was cancelled before. */
    boolean cancel() {
      boolean was = isOver;
      isOver = true;
      return !was;
    }

    boolean isOver() {
      return isOver;
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long count;

  Timer add(long at, Runnable task) {
    var timer = new Timer(at, count++, task);
    timers.add(timer);
    return timer;
  }

  /** When the next one is due, in virtual nanoseconds; {@link Long#MAX_VALUE} if there is none. */
  long nextAt() {
    var next = timers.peek();
    while (next != null && next.isOver) {
      timers.remove();
      next = timers.peek();
    }
    return next == null ? Long.MAX_VALUE : next.at;
  }

  /** Fires all that are due at that time. */
  void fire(long now) {
    while (nextAt() <= now) {
      var timer = timers.remove();
      timer.isOver = true;
      timer.task.run();
    }
  }
}
