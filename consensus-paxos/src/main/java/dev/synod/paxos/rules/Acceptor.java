package dev.synod.paxos.rules;

import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import java.util.List;
import java.util.Optional;

/**
 * An acceptor of one decision (Lamport 2001, §2.2). It may ignore any request; what it promised and
 * accepted it must not forget (§2.5).
 *
 * @param promised nothing below is accepted
 * @param vote the highest proposal accepted
 */
public record Acceptor<V>(StoreId self, Ballot promised, Optional<Vote<V>> vote)
    implements PaxosMessage.ForAcceptor<V, AcceptorStep<V>> {

  /** One that has heard nothing yet. */
  public static <V> Acceptor<V> initial(StoreId self) {
    return new Acceptor<>(self, Ballot.ZERO, Optional.empty());
  }

  /** As it is after that was read from its disk, where it follows what made this one. */
  public Acceptor<V> recovered(Written<V> written) {
    Invariants.check(
        !promised.isAfter(written.ballot()),
        "an acceptor writes in the order of ballots: %s after %s",
        written,
        promised);
    return with(written);
  }

  public AcceptorStep<V> receive(PaxosMessage.ToAcceptor<V> request) {
    return request.match(this);
  }

  /**
   * Phase 1(b): promises if the ballot is higher than any that it has promised. The same ballot is
   * the same proposer asking again, and gets the same answer.
   */
  @Override
  public AcceptorStep<V> prepare(PaxosMessage.Prepare<V> prepare) {
    var ballot = prepare.ballot();
    if (promised.isAfter(ballot)) {
      return refuse(ballot);
    }
    var promise =
        new Effect.Answer<V>(ballot.proposer(), new PaxosMessage.Promise<>(self, ballot, vote));
    if (ballot.equals(promised)) {
      return new AcceptorStep<>(this, this, List.of(new Effect.WhenDurable<>(promise)));
    }
    var written = new Written.Promised<V>(ballot);
    return new AcceptorStep<>(
        this,
        with(written),
        List.of(new Effect.Write<>(written), new Effect.WhenDurable<>(promise)));
  }

  /** Phase 2(b), P1a: accepts unless it has promised a higher ballot. */
  @Override
  public AcceptorStep<V> accept(PaxosMessage.Accept<V> accept) {
    var ballot = accept.ballot();
    if (promised.isAfter(ballot)) {
      return refuse(ballot);
    }
    var asked = new Vote<>(ballot, accept.value());
    var accepted = new PaxosMessage.Accepted<>(self, ballot, accept.value());
    var answer = new Effect.WhenDurable<>(new Effect.Answer<>(ballot.proposer(), accepted));
    var told = new Effect.WhenDurable<>(new Effect.Publish<>(accepted));
    if (vote.isPresent() && vote.get().ballot().equals(ballot)) {
      Invariants.check(
          vote.get().equals(asked), "a ballot has one value (§2.2): %s and %s", vote.get(), asked);
      return new AcceptorStep<>(this, this, List.of(answer, told));
    }
    var written = new Written.Voted<>(asked);
    return new AcceptorStep<>(
        this, with(written), List.of(new Effect.Write<>(written), answer, told));
  }

  private Acceptor<V> with(Written<V> written) {
    if (written instanceof Written.Kept<V> kept) {
      return new Acceptor<>(self, written.ballot(), Optional.of(kept.vote()));
    }
    return written instanceof Written.Voted<V> voted
        ? new Acceptor<>(self, written.ballot(), Optional.of(voted.vote()))
        : new Acceptor<>(self, written.ballot(), vote);
  }

  /**
   * All that it must not forget, as one thing to write: {@link #recovered} gives this one, whether
   * what was written before is still there or not.
   */
  public Written<V> kept() {
    return vote.<Written<V>>map(
            given ->
                given.ballot().equals(promised)
                    ? new Written.Voted<>(given)
                    : new Written.Kept<>(promised, given))
        .orElseGet(() -> new Written.Promised<>(promised));
  }

  /** A refusal promises nothing, so it waits for no disk. */
  private AcceptorStep<V> refuse(Ballot ballot) {
    var nack = new PaxosMessage.Nack<V>(self, ballot, promised);
    return new AcceptorStep<>(this, this, List.of(new Effect.Answer<>(ballot.proposer(), nack)));
  }
}
