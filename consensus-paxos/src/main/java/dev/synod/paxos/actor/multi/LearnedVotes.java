package dev.synod.paxos.actor.multi;

import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.multi.Votes;

/** What a learner knows of its own replica's votes: the ballots of those that may yet be chosen. */
final class LearnedVotes implements Votes {

  private final SlotRing<Ballot> ballots = new SlotRing<>();
  private long base;

  /**
   * @param slot one that is not known to be chosen
   */
  void voted(long slot, Ballot ballot) {
    ballots.put(slot, ballot);
  }

  /** Slots up to there are chosen: which ballots they had matters no more. */
  void chosen(long slot) {
    ballots.forget(slot);
  }

  /** A snapshot covers the slots up to there, and the log has none of them. */
  void compacted(long slot) {
    base = Math.max(base, slot);
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public long last() {
    return Math.max(base, ballots.last());
  }

  @Override
  public Ballot ballotAt(long slot) {
    return ballots.get(slot).orElse(Ballot.ZERO);
  }
}
