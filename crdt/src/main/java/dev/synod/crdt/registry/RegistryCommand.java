package dev.synod.crdt.registry;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;

/** What the group of a {@link Registry} is told. Each is answered with what stands then. */
public sealed interface RegistryCommand {

  /** A node has started with an empty memory; see {@link Registry#enrol}. */
  record Enrol(String node, long start) implements RegistryCommand {}

  /** See {@link Registry#evict}. */
  record Evict(String node) implements RegistryCommand {}

  /** See {@link Registry#report}. */
  record Report(ReplicaId by, long standing, VersionVector merged) implements RegistryCommand {}

  /** Only asks. Meant to be read, not proposed. */
  record Look() implements RegistryCommand {}
}
