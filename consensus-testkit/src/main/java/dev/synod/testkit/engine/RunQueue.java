package dev.synod.testkit.engine;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What could run now, in no order: the seed draws. Bounded only by what the simulated actors
 * submit, at most one entry per actor.
 */
final class RunQueue {

  private static final int INITIAL = 256;

  private final Draw draw;
  private @Nullable Runnable[] tasks = new Runnable[INITIAL];
  private Host[] hosts = new Host[INITIAL];
  private int size;
  private boolean inOrder = true;

  private @Nullable Runnable drawnTask;
  private @Nullable Host drawnHost;

  RunQueue(Draw draw) {
    this.draw = draw;
  }

  /** From now on the seed draws; until then, what came first runs first. */
  void shuffle() {
    inOrder = false;
  }

  void add(Runnable task, Host host) {
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, size * 2);
      hosts = Arrays.copyOf(hosts, size * 2);
    }
    tasks[size] = task;
    hosts[size] = host;
    size++;
  }

  int size() {
    return size;
  }

  /** Draws one, which {@link #task} and {@link #host} then tell; false if there is none. */
  boolean next() {
    if (size == 0) {
      return false;
    }
    int drawn = inOrder || size == 1 ? 0 : draw.below(size);
    drawnTask = tasks[drawn];
    drawnHost = hosts[drawn];
    size--;
    if (inOrder) {
      System.arraycopy(tasks, 1, tasks, 0, size);
      System.arraycopy(hosts, 1, hosts, 0, size);
    } else {
      tasks[drawn] = tasks[size];
      hosts[drawn] = hosts[size];
    }
    tasks[size] = null;
    return true;
  }

  Runnable task() {
    return Objects.requireNonNull(drawnTask);
  }

  Host host() {
    return Objects.requireNonNull(drawnHost);
  }
}
