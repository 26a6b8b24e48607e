package dev.synod.paxos.actor.multi;

import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.QueueSize;

/** How much waits in a proposer's queues, as the meters hear of it. */
final class ProposerQueues {

  private final ClientQueue clients;
  private final UnderWay underWay;
  private final QueueSize proposals;
  private final QueueSize reads;

  ProposerQueues(ReplicaMeters meters, ClientQueue clients, UnderWay underWay) {
    this.clients = clients;
    this.underWay = underWay;
    this.proposals = new QueueSize(meters, "proposals-pending-max");
    this.reads = new QueueSize(meters, "reads-pending-max");
  }

  /** Proposals taken and not yet answered. */
  int proposals() {
    return clients.proposals() + underWay.size();
  }

  /** The proposer goes by the settings as they are now. */
  void retuned() {
    proposals.retuned();
    reads.retuned();
  }

  void look() {
    proposals.is(proposals());
    reads.is(clients.readsPending());
  }
}
