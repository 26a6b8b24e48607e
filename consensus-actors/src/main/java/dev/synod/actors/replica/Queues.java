package dev.synod.actors.replica;

import dev.synod.actors.meters.ReplicaMeters;

/** The queues of a replica, each under the name of the setting that bounds it. */
public final class Queues {

  private final DurableGate<?> gate;
  private final ClientQueue clients;
  private final ApplyFeed feed;
  private final QueueSize gated;
  private final QueueSize proposals;
  private final QueueSize reads;
  private final QueueSize ahead;

  /** These ones, measured from now on. */
  public Queues(ReplicaMeters meters, DurableGate<?> gate, ClientQueue clients, ApplyFeed feed) {
    this.gate = gate;
    this.clients = clients;
    this.feed = feed;
    this.gated = new QueueSize(meters, "gated-effects-max");
    this.proposals = new QueueSize(meters, "proposals-pending-max");
    this.reads = new QueueSize(meters, "reads-pending-max");
    this.ahead = new QueueSize(meters, "entries-ahead-max");
  }

  /** Proposals taken and not yet answered. */
  public int proposals() {
    return clients.proposals() + clients.preparing() + feed.waiting();
  }

  /** Their owner goes by the settings as they are now. */
  public void retuned() {
    gated.retuned();
    proposals.retuned();
    reads.retuned();
    ahead.retuned();
  }

  /** Tells the meters what waits now. */
  public void look() {
    gated.is(gate.size());
    proposals.is(proposals());
    reads.is(clients.readsPending());
    ahead.is(feed.ahead());
  }
}
