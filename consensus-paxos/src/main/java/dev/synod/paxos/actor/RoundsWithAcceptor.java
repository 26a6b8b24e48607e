package dev.synod.paxos.actor;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * Has the acceptor beside the proposer keep its rounds, in the log that the acceptor owns.
 *
 * @param kept what that log said at the start
 */
record RoundsWithAcceptor(long kept, ActorRef<AcceptorMessage> acceptor) implements RoundsKeeper {

  @Override
  public long reserved(ActorRef<ProposerMessage> proposer) {
    return kept;
  }

  @Override
  public long reserve(long upTo, ActorRef<ProposerMessage> proposer) {
    acceptor.tell(new AcceptorMessage.Reserve(upTo, proposer));
    return upTo;
  }
}
