package dev.synod.paxos.rules;

import dev.synod.core.Invariants;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import java.util.List;
import java.util.Optional;

/** One request answered: where the acceptor was, where it is, and what must now happen. */
public record AcceptorStep<V>(Acceptor<V> before, Acceptor<V> after, List<Effect<V>> effects) {

  /** A step that breaks a rule can't be made, in production either. */
  public AcceptorStep {
    effects = List.copyOf(effects);
    Invariants.check(
        !before.promised().isAfter(after.promised()),
        "a promise is never lowered (P1a): %s -> %s",
        before,
        after);
    Invariants.check(
        !ballotOf(before.vote()).isAfter(ballotOf(after.vote()))
            && !ballotOf(after.vote()).isAfter(after.promised()),
        "votes rise, and none is above what is promised: %s -> %s",
        before,
        after);
    Invariants.check(
        before.equals(after) || effects.get(0) instanceof Effect.Write,
        "what changes is written first (§2.5): %s",
        effects);
    Invariants.check(
        effects.stream().allMatch(AcceptorStep::mayBeSaidNow),
        "nothing but a refusal is said before all is durable (§2.5): %s",
        effects);
  }

  private static <V> boolean mayBeSaidNow(Effect<V> effect) {
    return effect instanceof Effect.Answer<V> answer
        ? answer.message() instanceof PaxosMessage.Nack
        : !(effect instanceof Effect.Publish);
  }

  private static <V> Ballot ballotOf(Optional<Vote<V>> vote) {
    return vote.map(Vote::ballot).orElse(Ballot.ZERO);
  }
}
