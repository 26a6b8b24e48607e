package dev.synod.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** An executor that runs nothing by itself: a test says when, and a seed in which order. */
final class Tasks implements Executor {

  private final List<Runnable> tasks = new ArrayList<>();
  private final Random random;

  Tasks(Random random) {
    this.random = random;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  void runOne() {
    if (!tasks.isEmpty()) {
      tasks.remove(random.nextInt(tasks.size())).run();
    }
  }

  void runAll() {
    while (!tasks.isEmpty()) {
      runOne();
    }
  }

  void dropAll() {
    tasks.clear();
  }
}
