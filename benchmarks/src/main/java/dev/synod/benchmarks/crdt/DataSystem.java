package dev.synod.benchmarks.crdt;

import java.util.List;

/** A system of replicated data. */
interface DataSystem {

  String name();

  /**
   * Starts a node, and comes back when it has met the others.
   *
   * @param address where it listens, one of these
   */
  DataNode start(int address, List<Integer> ports) throws Exception;
}
