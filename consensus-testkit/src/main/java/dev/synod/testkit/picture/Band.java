package dev.synod.testkit.picture;

import dev.synod.testkit.fault.Fault;

/** A fault from its beginning to its end, in virtual nanoseconds. */
record Band(long from, long to, Fault fault) {

  /** Whether it is about one machine, and not about the network between some. */
  boolean isOfOneNode() {
    return fault.nodes().size() == 1;
  }
}
