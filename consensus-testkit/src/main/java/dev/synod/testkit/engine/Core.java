package dev.synod.testkit.engine;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.dispatch.Mailbox;

/**
 * What the dispatchers, the scheduler and the engine share: the queue, the clock, and who runs now.
 */
final class Core {

  private static final int LANES_SWEPT_MIN = 4096;
  private static final String STREAMS = "StreamSupervisor-";

  /** An actor's place in the trace, and the host it belongs to. */
  private record Lane(Host host, long id) {}

  private final Thread thread = Thread.currentThread();
  private final RunQueue queue;
  private final TimerQueue timers = new TimerQueue();
  private Trace trace = new Trace();
  private final Map<String, Host> hosts = new TreeMap<>();
  private final IdentityHashMap<Mailbox, Lane> lanes = new IdentityHashMap<>();
  private final Host common;
  private final long stepNanos;
  private Host current;
  private long now;
  private long steps;
  private int sweepAt = LANES_SWEPT_MIN;

  Core(long seed, long stepNanos) {
    this.queue = new RunQueue(Draw.of(seed, "order"));
    this.stepNanos = stepNanos;
    this.common = new Host("", this);
    this.current = common;
  }

  RunQueue queue() {
    return queue;
  }

  TimerQueue timers() {
    return timers;
  }

  Trace trace() {
    return trace;
  }

  Host current() {
    return current;
  }

  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  Host host(String name) {
    var host = new Host(name, this);
    if (hosts.putIfAbsent(name, host) != null) {
      throw new IllegalArgumentException("there is a host " + name + " already");
    }
    return host;
  }

  /** From a dispatcher: an actor with mail, or something that an actor left to be done. */
  void submit(Runnable task) {
    submit(task, task instanceof Mailbox mailbox ? lane(mailbox).host() : current);
  }

  void submit(Runnable task, Host host) {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "%s of %s came from the thread %s: a simulation has only one, or its seed decides nothing"
              .formatted(task.getClass().getName(), host, Thread.currentThread().getName()));
    }
    if (!host.isOff()) {
      queue.add(task, host);
    }
  }

  /** Runs one thing; false if nothing is to be run and no timer is due until then. */
  boolean step(long until) {
    timers.fire(now);
    while (queue.next()) {
      var task = queue.task();
      var host = queue.host();
      if (host.isRunning()) {
        run(task, host);
        return true;
      }
      host.keep(task);
    }
    long next = timers.nextAt();
    if (next > until) {
      return false;
    }
    now = Math.max(now, next);
    return true;
  }

  /**
   * The start is over: from now on the seed draws. The trace begins here, for the names of Pekko's
   * own actors hold counters which all systems of a process share.
   */
  void begin() {
    drain();
    lanes.clear();
    trace = new Trace();
    steps = 0;
    queue.shuffle();
  }

  /** All that can happen without the clock going on to a timer. */
  void drain() {
    while (queue.size() > 0) {
      step(now);
    }
  }

  /** The clock goes on to that time, in which nothing happens. */
  void idleUntil(long time) {
    now = Math.max(now, time);
  }

  private void run(Runnable task, Host host) {
    current = host;
    trace.event(idOf(task), now);
    try {
      task.run();
    } finally {
      current = common;
    }
    now += stepNanos;
    steps++;
  }

  private long idOf(Runnable task) {
    return task instanceof Mailbox mailbox ? lane(mailbox).id() : 1;
  }

  private Lane lane(Mailbox mailbox) {
    var known = lanes.get(mailbox);
    if (known != null) {
      return known;
    }
    if (lanes.size() >= sweepAt) {
      lanes.keySet().removeIf(old -> old.isClosed());
      sweepAt = Math.max(LANES_SWEPT_MIN, lanes.size() * 2);
    }
    var lane = laneOf(mailbox.actor().self().path());
    lanes.put(mailbox, lane);
    return lane;
  }

  private Lane laneOf(ActorPath path) {
    long id = 0;
    var host = common;
    for (String name : path.getElements()) {
      id = Draw.mix(id + unnumbered(name).hashCode());
      if (host == common) {
        int dot = name.indexOf('.');
        host = hosts.getOrDefault(dot < 0 ? name : name.substring(0, dot), common);
      }
    }
    return new Lane(host, id);
  }

  /** Pekko numbers these through all systems of a process. */
  private static String unnumbered(String name) {
    return name.startsWith(STREAMS) ? STREAMS : name;
  }
}
