package dev.synod.testkit.lab.clock;

import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.time.Instant;

/** A promise with an end: the same lease, read from two clocks of the machine that holds it. */
record Lease(Machine machine, Instant endsByWall, long endsByMonotonic) {

  static Lease of(Machine machine, Duration length) {
    return new Lease(
        machine, machine.wallTime().plus(length), machine.nanoTime() + length.toNanos());
  }

  boolean holdsByWall() {
    return machine.wallTime().isBefore(endsByWall);
  }

  boolean holdsByMonotonic() {
    return machine.nanoTime() - endsByMonotonic < 0;
  }
}
