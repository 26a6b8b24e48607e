package dev.synod.testkit.invariant;

/** A replica as invariants see it. */
public interface ReplicaView {

  String node();

  /** The identity of its disk, as it was last seen; empty before that. */
  String store();

  boolean isUp();

  /** Whether that disk has ever taken an entry without its payload. */
  boolean isWitness();

  boolean leads();

  /** Raft's term, Paxos's ballot, ZAB's epoch. */
  long epoch();

  /** The index of the last entry that compaction took; 0 if none. */
  long base();

  long last();

  /**
   * The epoch of an entry.
   *
   * @param index from {@link #base} to {@link #last}
   */
  long epochAt(long index);

  long committed();

  /** The index of the last command applied here that was a change; 0 if none was. */
  long changed();

  /** The index up to which all is durable here, as far as the log has said so. */
  long forced();
}
