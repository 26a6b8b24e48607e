package dev.synod.testkit.mutant;

import java.util.Map;

/** How a mutant is looked for, seed by seed. */
interface Search {

  /**
   * The class that does it, with whichever rules and actors are loaded: a function from a map to
   * what was broken, as the name of a property, a colon and how; to nothing if all is well.
   */
  String run();

  /** What that is told: only what all class loaders share. */
  Map<String, Object> wanted(long seed);

  /** Whether the seed that finds a fault is tried without it; else other tests do that. */
  default boolean isTriedWithout() {
    return true;
  }
}
