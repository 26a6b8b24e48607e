package dev.synod.testkit.lab.threephase;

/** How a transaction ends on one machine. */
enum Decision {
  COMMIT,
  ABORT
}
