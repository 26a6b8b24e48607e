package dev.synod.testkit.invariant;

import java.util.Collection;
import java.util.OptionalLong;

/** A group as invariants see it. */
public interface GroupView {

  Collection<? extends ReplicaView> replicas();

  ReplicaView replica(String node);

  /** The index at which that request was first applied anywhere; empty if it was not yet. */
  OptionalLong placeOf(String request);

  /** Whether it is a witness: by what its disk took, or by the newest configuration in its log. */
  default boolean isWitness(ReplicaView replica) {
    return replica.isWitness()
        || configurations()
            .newestOf(replica)
            .map(known -> Configurations.isWitness(known.membership(), replica))
            .orElse(false);
  }

  /** Who belonged to the group, and when. */
  Configurations configurations();
}
