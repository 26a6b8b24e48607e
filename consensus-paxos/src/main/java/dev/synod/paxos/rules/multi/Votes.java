package dev.synod.paxos.rules.multi;

import dev.synod.paxos.protocol.Ballot;

/**
 * What an acceptor has accepted, slot by slot, as far as a snapshot has not taken its place. A view
 * of what is written, durable or not: a step's own writes show once its effects were performed.
 */
public interface Votes {

  /** The last slot that a snapshot covers; 0 if there is none. */
  long base();

  /** The highest slot with a vote; {@link #base} if there is none. */
  long last();

  /** With which ballot that slot's newest vote was given; {@link Ballot#ZERO} if there is none. */
  Ballot ballotAt(long slot);
}
