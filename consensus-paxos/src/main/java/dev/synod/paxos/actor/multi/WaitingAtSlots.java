package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.Refusals;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Clients whose requests were proposed, each at its slot, until what is chosen there is applied.
 */
record WaitingAtSlots(ApplyFeed feed, Refusals refusals, ActorRef<ReplicaMessage> proposer) {

  Behavior<ReplicaMessage> await(Inside.Await await) {
    long slot = await.firstSlot();
    for (var proposed : await.proposals()) {
      feed.await(slot++, await.term(), proposed.client(), proposed.proposal());
    }
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> join(Inside.Join join) {
    var proposed = join.proposal();
    if (!feed.join(proposed.client(), proposed.proposal())) {
      proposer.tell(new Inside.Again(proposed));
    }
    return Behaviors.same();
  }

  Behavior<ReplicaMessage> abandon(Inside.Abandon abandon) {
    refusals.leaveOpen(feed.abandon(), abandon.why());
    return Behaviors.same();
  }

  void leaveDisplacedOpen() {
    var displaced = feed.takeDisplaced();
    if (!displaced.isEmpty()) {
      refusals.leaveOpen(displaced, "another proposer's value was chosen in its place");
    }
  }
}
