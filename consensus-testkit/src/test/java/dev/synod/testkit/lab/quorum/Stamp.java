package dev.synod.testkit.lab.quorum;

/** Where the version of a new value comes from. */
enum Stamp {
  /**
   * The writer asks r replicas first, and goes above the highest that it hears of: how several can
   * write to the register of Attiya, Bar-Noy, Dolev (Lynch, Shvartsman, "Robust Emulation of Shared
   * Memory Using Dynamic Quorum-Acknowledged Broadcasts", 1997).
   */
  TWO_PHASES,

  /** The writer's wall clock, right or wrong: "last write wins", as in Cassandra. */
  WALL_CLOCK
}
