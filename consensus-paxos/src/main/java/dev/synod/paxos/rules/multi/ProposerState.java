package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.Quorums;

/**
 * What a proposer knows in all of its roles.
 *
 * @param regimes which configuration governs which slot
 * @param seen the highest ballot heard of, its own included
 * @param chosen all slots up to there are chosen, and known to this replica's learner
 */
public record ProposerState(
    StoreId self, Regimes regimes, SlotLimits limits, Ballot seen, long chosen) {

  /** More than a group has voters. */
  static final int MEMBERS_MAX = 64;

  /** One that knows regimes of slots of which it does not know that they are chosen can't be. */
  public ProposerState {
    Invariants.check(
        regimes.known() <= chosen,
        "what governs the slots up to %s is known by what was chosen there, not only up to %s",
        regimes.known(),
        chosen);
  }

  /** The number of the highest ballot heard of; 0 if there was none. */
  public long epoch() {
    return seen.round() == 0 ? 0 : termOf(seen).number();
  }

  /** The highest ballot heard of as people read it: its round, and whose replica drew it. */
  public String ballotText() {
    return configuration()
        .member(seen.proposer())
        .map(member -> seen.round() + "." + member.node().name())
        .orElseGet(() -> seen.round() == 0 ? "0" : seen.toString());
  }

  /**
   * One number for a ballot of a member: as unique as that, and in the same order. Entries carry
   * it, so that two values for a slot are never taken for one another.
   */
  public Term termOf(Ballot ballot) {
    long place = quorums().members().indexOf(ballot.proposer());
    return new Term(Math.addExact(Math.multiplyExact(ballot.round(), MEMBERS_MAX), place + 1));
  }

  /** Which governs the first slot that is not known to be chosen. */
  Regime regime() {
    return regimes.at(chosen + 1);
  }

  /** Those of that regime. */
  Quorums quorums() {
    return regime().quorums();
  }

  /** The newest one that is known. */
  public Configuration configuration() {
    return regimes.latest().configuration();
  }

  /** Whether nothing that was chosen, and is not known here, could make it another regime. */
  boolean knowsRegime() {
    return chosen < regimes.decided();
  }

  ProposerState saw(Ballot ballot) {
    return ballot.isAfter(seen) ? new ProposerState(self, regimes, limits, ballot, chosen) : this;
  }

  /** Bounded otherwise from now on. */
  public ProposerState bounded(SlotLimits other) {
    return new ProposerState(self, regimes, other, seen, chosen);
  }

  /** With these regimes from now on: up to where all of them are known, all is chosen. */
  ProposerState by(Regimes others) {
    return others.equals(regimes)
        ? this
        : new ProposerState(self, others, limits, seen, Math.max(chosen, others.known()));
  }

  ProposerState knows(long slot) {
    return slot > chosen ? new ProposerState(self, regimes, limits, seen, slot) : this;
  }

  /** Whether its replica has a vote by the newest configuration, even if not yet. */
  public boolean isVoter() {
    return regimes.latest().hasVoter(self);
  }

  /** Whether it may propose for the next slot: others leave that to those who vote there. */
  boolean mayPropose() {
    return knowsRegime() && regime().hasVoter(self);
  }
}
