package dev.synod.raft.rules;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import java.util.ArrayList;

/**
 * §5.2: stands for election in a term of its own, and counts votes.
 *
 * @param votes answers so far; its own counts once it is durable, like any other
 */
public record Candidate(Server server, TermState state, long commitIndex, Votes votes)
    implements Electing {

  /** §5.2: raises its term, votes for itself, asks the others. */
  static Step standing(Role before, boolean handover) {
    var server = before.server().with(before.server().priority().standing(handover));
    var state = before.state().in(before.term().next()).votingFor(server.self());
    var after = new Candidate(server, state, before.commitIndex(), Votes.NONE);
    var effects = new ArrayList<Effect>();
    effects.add(Effect.Timer.RESTART_ELECTION);
    effects.add(new Effect.Save(state));
    effects.add(whenDurable(server.self(), new VoteReply(server.self(), after.term(), true)));
    var request = new RequestVote(server.self(), after.term(), server.log().last(), handover);
    server.electors().forEach(other -> effects.add(whenDurable(other, request)));
    return new Step(before, after, effects);
  }

  private static Effect whenDurable(StoreId to, RaftMessage message) {
    return new Effect.WhenDurable(new Effect.Send(to, message));
  }

  @Override
  public Candidate with(Server changed) {
    return new Candidate(changed, state, commitIndex, votes);
  }

  /** §5.2: the vote may have been split; ask first whether another election could be won. */
  @Override
  public Step electionTimeout() {
    return PreCandidate.standing(this);
  }

  @Override
  public Step voteReply(VoteReply reply) {
    if (!reply.term().equals(term())) {
      return stay();
    }
    var counted =
        new Candidate(server, state, commitIndex, votes.with(reply.from(), reply.granted()));
    if (counted.votes.areWon(server.quorum())) {
      return Leader.elected(this);
    }
    return Step.of(this, counted.votes.areLost(server.quorum()) ? follower() : counted);
  }
}
