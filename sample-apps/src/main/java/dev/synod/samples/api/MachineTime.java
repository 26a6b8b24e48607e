package dev.synod.samples.api;

import java.time.Clock;

/** The clocks of this machine, at one place: the demo waits for processes, which keep real time. */
public final class MachineTime {

  private MachineTime() {}

  /** Monotonic, in nanoseconds since some moment: for time spans. */
  public static long nanos() {
    return System.nanoTime();
  }

  /** What people call the time: for showing, never for ordering. */
  public static Clock clock() {
    return Clock.systemUTC();
  }
}
