package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Replication;

/** What a replicator tells of its state. */
final class Describing {

  private Describing() {}

  static Description of(
      Replication replication, Neighbours neighbours, Calls calls, Parcels parcels) {
    return new Description(
        replication.self(),
        replication.standing(),
        neighbours.byNode(),
        replication.merged(),
        replication.keyCount(),
        replication.digest(),
        replication.search().isPresent(),
        calls.size(),
        neighbours.replicas().stream().mapToLong(parcels::bytesFor).sum());
  }
}
