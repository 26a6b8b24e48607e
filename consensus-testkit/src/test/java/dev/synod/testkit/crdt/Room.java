package dev.synod.testkit.crdt;

import dev.synod.testkit.fault.Profile;

/**
 * How many of its changes a replica keeps one by one that a registry knows. Who was evicted makes
 * these anew in their order; of those before, it makes what they came to, by keys.
 */
final class Room {

  private Room() {}

  /** As a setting: little in a third of the storms, of any number of machines. */
  static String of(Profile profile, long seed) {
    boolean isLittle = profile != Profile.CALM && Math.floorMod(seed / 3, 3L) == 2;
    return "synod.crdt.changes-kept = " + (isLittle ? 8 : 10_000);
  }
}
