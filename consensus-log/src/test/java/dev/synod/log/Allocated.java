package dev.synod.log;

import java.lang.management.ManagementFactory;

/** How much memory a task asks for on the thread that runs it. */
public final class Allocated {

  private Allocated() {}

  /** The bytes that it asked for, garbage included. */
  public static long by(Runnable task) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    task.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
