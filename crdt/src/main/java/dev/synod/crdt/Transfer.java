package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import java.util.Comparator;

/**
 * From whom to whom rights of a {@link BoundedCounter} went; from a replica to itself are those
 * that it made by adding.
 */
public record Transfer(ReplicaId from, ReplicaId to) implements Comparable<Transfer> {

  private static final Comparator<Transfer> ORDER =
      Comparator.comparing(Transfer::from).thenComparing(Transfer::to);

  @Override
  public int compareTo(Transfer other) {
    return ORDER.compare(this, other);
  }
}
