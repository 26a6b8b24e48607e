package dev.synod.paxos.rules;

import dev.synod.core.Invariants;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Learns what was decided (Lamport 2001, §2.3), from acceptors or from a proposer that knows. That
 * two values are chosen can't happen, and stops it.
 *
 * @param accept whose acceptances are enough
 * @param votes of each acceptor the highest that was heard of
 */
public record Learner<V>(Quorum accept, Map<StoreId, Vote<V>> votes, Optional<V> learned)
    implements PaxosMessage.ForLearner<V, Learner<V>> {

  public static <V> Learner<V> initial(Quorum accept) {
    return new Learner<>(accept, new TreeMap<>(), Optional.empty());
  }

  public Learner<V> receive(PaxosMessage.ToLearner<V> message) {
    return message.match(this);
  }

  /** A value is chosen when a quorum has accepted one proposal. */
  @Override
  public Learner<V> accepted(PaxosMessage.Accepted<V> accepted) {
    var vote = new Vote<>(accepted.ballot(), accepted.value());
    var more = new TreeMap<>(votes);
    more.merge(accepted.from(), vote, Learner::higher);
    var next = new Learner<>(accept, more, learned);
    return accept.isMetBy(acceptor -> next.hasVoted(acceptor, vote)) ? next.with(vote) : next;
  }

  @Override
  public Learner<V> chosen(PaxosMessage.Chosen<V> chosen) {
    return with(new Vote<>(chosen.ballot(), chosen.value()));
  }

  private boolean hasVoted(StoreId acceptor, Vote<V> vote) {
    var known = votes.get(acceptor);
    if (known == null || !known.ballot().equals(vote.ballot())) {
      return false;
    }
    Invariants.check(known.equals(vote), "a ballot has one value (§2.2): %s and %s", known, vote);
    return true;
  }

  private Learner<V> with(Vote<V> vote) {
    Invariants.check(
        learned.isEmpty() || learned.get().equals(vote.value()),
        "only one value is chosen: %s, but also %s",
        learned,
        vote);
    return new Learner<>(accept, votes, Optional.of(vote.value()));
  }

  private static <V> Vote<V> higher(Vote<V> one, Vote<V> other) {
    return other.ballot().isAfter(one.ballot()) ? other : one;
  }
}
