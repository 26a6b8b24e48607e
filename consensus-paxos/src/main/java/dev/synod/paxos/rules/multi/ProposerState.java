package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.Quorums;

/**
 * What a proposer knows in all of its roles.
 *
 * @param seen the highest ballot heard of, its own included
 * @param chosen all slots up to there are chosen, and known to this replica's learner
 */
public record ProposerState(
    StoreId self, Quorums quorums, SlotLimits limits, Ballot seen, long chosen) {

  /** More than a group has voters. */
  static final int MEMBERS_MAX = 64;

  /** The number of the highest ballot heard of; 0 if there was none. */
  public long epoch() {
    return seen.round() == 0 ? 0 : termOf(seen).number();
  }

  /**
   * The highest ballot heard of as people read it: its round, and the node whose replica drew it.
   *
   * @param members of the group
   */
  public String ballotText(Configuration members) {
    return members
        .member(seen.proposer())
        .map(member -> seen.round() + "." + member.node().name())
        .orElseGet(() -> seen.round() == 0 ? "0" : seen.toString());
  }

  /**
   * One number for a ballot of a member: as unique as that, and in the same order. Entries carry
   * it, so that two values for a slot are never taken for one another.
   */
  public Term termOf(Ballot ballot) {
    long place = quorums.members().indexOf(ballot.proposer());
    return new Term(Math.addExact(Math.multiplyExact(ballot.round(), MEMBERS_MAX), place + 1));
  }

  ProposerState saw(Ballot ballot) {
    return ballot.isAfter(seen) ? new ProposerState(self, quorums, limits, ballot, chosen) : this;
  }

  /** Bounded otherwise from now on. */
  public ProposerState bounded(SlotLimits other) {
    return new ProposerState(self, quorums, other, seen, chosen);
  }

  ProposerState knows(long slot) {
    return slot > chosen ? new ProposerState(self, quorums, limits, seen, slot) : this;
  }

  /** Whether its replica has a vote: others propose nothing. */
  boolean isMember() {
    return quorums.members().contains(self);
  }
}
