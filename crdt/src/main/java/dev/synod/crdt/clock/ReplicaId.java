package dev.synod.crdt.clock;

/**
 * Who changes a replicated value. No two replicas ever have the same id, not even one after the
 * other: a replica that has lost what it wrote goes on under a new one, or its dots would stand for
 * two things.
 *
 * @param number not negative
 */
public record ReplicaId(int number) implements Comparable<ReplicaId> {

  public ReplicaId {
    if (number < 0) {
      throw new IllegalArgumentException("a replica's id is not negative, but got " + number);
    }
  }

  @Override
  public int compareTo(ReplicaId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "r" + number;
  }
}
