package dev.synod.testkit.lab.quorum;

/** Whose answers count. */
enum Membership {
  /** Only those of the n home replicas, which the preference list names. */
  STRICT,

  /**
   * Also that of a substitute, which takes the place of a home that does not answer, keeps the
   * value with a hint whose it is, and hands it off later (Dynamo, 2007, §4.6).
   */
  SLOPPY
}
