package dev.synod.raft.actor;

import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.DurableGate;
import dev.synod.actors.replica.QueueSize;

/** The queues of a replica, each under the name of the setting that bounds it. */
final class Queues {

  private final DurableGate<?> gate;
  private final ClientQueue clients;
  private final ApplyFeed feed;
  private final QueueSize gated;
  private final QueueSize proposals;
  private final QueueSize reads;
  private final QueueSize ahead;

  Queues(ReplicaMeters meters, DurableGate<?> gate, ClientQueue clients, ApplyFeed feed) {
    this.gate = gate;
    this.clients = clients;
    this.feed = feed;
    this.gated = new QueueSize(meters, "gated-effects-max");
    this.proposals = new QueueSize(meters, "proposals-pending-max");
    this.reads = new QueueSize(meters, "reads-pending-max");
    this.ahead = new QueueSize(meters, "entries-ahead-max");
  }

  /** Proposals taken and not yet answered. */
  int proposals() {
    return clients.proposals() + feed.waiting();
  }

  /** Tells the meters what waits now. */
  void look() {
    gated.is(gate.size());
    proposals.is(proposals());
    reads.is(clients.readsPending());
    ahead.is(feed.ahead());
  }
}
