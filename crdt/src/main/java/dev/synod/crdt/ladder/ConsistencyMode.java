package dev.synod.crdt.ladder;

/**
 * What a replicated entity promises while it is in that mode, and what it does not. Higher modes
 * promise more and ask more: of a linearizable operation nobody can make less than the time of a
 * message, whereas weaker ones are answered at once (Attiya, Welch: "Sequential Consistency versus
 * Linearizability", 1994), and only those that need no agreement go on in every part of a divided
 * network (Bailis et al.: "Highly Available Transactions: Virtues and Limitations", 2014).
 *
 * <p>In every mode, nodes that have heard of the same changes have equal values in the end. The
 * mode of an entity is agreed upon by the consensus group; a node follows it a little later, and
 * each answer names the mode under which it was given.
 */
public enum ConsistencyMode {

  /**
   * Operations are done on this node, which tells the others afterwards. Goes on without any other
   * node.
   *
   * <p>Not promised: that a read sees a write of the same caller on another node, or what a read
   * saw before; any order between two nodes' operations; that a write outlives its node if that
   * node is lost before it has told another one.
   */
  EVENTUAL,

  /**
   * As {@link #EVENTUAL}, and an operation that shows a {@link dev.synod.crdt.CausalToken} is done
   * after all that the token names: one reads one's own writes, reads do not go back, writes follow
   * what was read (Terry et al.: "Session Guarantees for Weakly Consistent Replicated Data", 1994).
   * No change is seen before those that its writer had seen. Waits for what is missing, and goes on
   * without any node that the caller's session has not turned to.
   *
   * <p>Not promised: that a read sees a write of somebody else that has ended, unless a token names
   * it; that two nodes see concurrent writes in the same order.
   */
  CAUSAL,

  /**
   * For a {@link dev.synod.crdt.BoundedCounter}: never below its minimum. The consensus group has
   * the rights to subtract, and gives some to nodes that ask; a node spends what it has without
   * asking anybody (escrow, O'Neil: "The Escrow Transactional Method", 1986; Balegas et al.:
   * "Extending Eventually Consistent Cloud Databases for Enforcing Numeric Invariants", 2015).
   * Adding, reading and spending what is there go on without any other node.
   *
   * <p>Not promised: that a subtraction succeeds whenever the value allows it, since the rights may
   * be with others, or were lost with a node that had them; that a read sees the last value. Tokens
   * are heeded as in {@link #CAUSAL}.
   */
  BOUNDED,

  /**
   * Operations and reads are commands and reads of the consensus group: each takes effect at one
   * moment between its call and its answer (Herlihy, Wing: "Linearizability: A Correctness
   * Condition for Concurrent Objects", 1990). Needs a majority of the group. An operation that
   * shows a token waits until this node has what the token names.
   *
   * <p>Not promised: an answer while no majority can be reached; one order over several entities
   * together with those in other modes; anything for callers of a node that was evicted and has not
   * heard of it, which goes on in the mode before. What such a node has done is merged when it is
   * heard of again, as one more change.
   */
  LINEARIZABLE;

  /** Whether nodes do operations on their own. */
  public boolean isLocal() {
    return this != LINEARIZABLE;
  }

  /** Whether the group has something to give or to decide, so that it must know all values. */
  public boolean needsGroup() {
    return this == BOUNDED || this == LINEARIZABLE;
  }
}
