package dev.synod.testkit.crdt;

/** Where replicas get their ids from. */
enum Ids {
  /** Each start draws a fresh one. */
  DRAWN,
  /** A machine's replica goes on under its former id after a crash, which none must. */
  KEPT,
  /** A registry gives them, which evicts some. */
  REGISTERED
}
