package dev.synod.paxos.actor;

import dev.synod.log.GroupLog;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Where a proposer keeps up to which round all count as used. It tells the proposer {@link
 * ProposerMessage.Durable} with the ticket of what has become durable, or {@link
 * ProposerMessage.LogFailed} once nothing will.
 */
public interface RoundsKeeper {

  /** Up to which round all count as used; 0 if nothing was kept. Asked once, at the start. */
  long reserved(ActorRef<ProposerMessage> proposer);

  /**
   * Keeps that; later calls name later rounds.
   *
   * @return a ticket; those of later calls are higher
   */
  long reserve(long upTo, ActorRef<ProposerMessage> proposer);

  /** In a log of its own, in which nothing else is written. */
  static RoundsKeeper in(GroupLog log) {
    return new RoundsLog(log);
  }
}
