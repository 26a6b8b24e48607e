package dev.synod.crdt.clock;

/**
 * One event: the n-th of a replica. It stands for what that event wrote, for ever (Preguiça et al.:
 * "Dotted Version Vectors: Logical Clocks for Optimistic Replication", 2010).
 *
 * @param replica whose event it is
 * @param counter from 1 to {@link #COUNTER_MAX}, without gaps at its replica
 */
public record Dot(ReplicaId replica, long counter) implements Comparable<Dot> {

  /** The highest counter: more events than a replica lives to see. */
  public static final long COUNTER_MAX = Long.MAX_VALUE / 4;

  public Dot {
    if (counter < 1 || counter > COUNTER_MAX) {
      throw new IllegalArgumentException(
          "a dot's counter is from 1 to %d, but got %d".formatted(COUNTER_MAX, counter));
    }
  }

  @Override
  public int compareTo(Dot other) {
    int byReplica = replica.compareTo(other.replica);
    return byReplica != 0 ? byReplica : Long.compare(counter, other.counter);
  }

  /** Neighbours have neighbouring hashes, so that they lie close together in a map. */
  @Override
  public int hashCode() {
    return replica.number() * 0x9E3779B1 + Long.hashCode(counter);
  }

  @Override
  public String toString() {
    return replica + "." + counter;
  }
}
