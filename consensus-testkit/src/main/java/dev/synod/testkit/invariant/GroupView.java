package dev.synod.testkit.invariant;

import java.util.Collection;

/** A group as invariants see it. */
public interface GroupView {

  Collection<? extends ReplicaView> replicas();

  ReplicaView replica(String node);

  /** Who belonged to the group, and when. */
  Configurations configurations();
}
