package dev.synod.raft.rules;

import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import java.util.ArrayList;

/**
 * Thesis §9.6: asks before it raises its term. A server that could not win disturbs nobody by
 * trying.
 *
 * @param votes answers so far, its own among them
 */
public record PreCandidate(Server server, TermState state, long commitIndex, Votes votes)
    implements Electing {

  static Step standing(Role before) {
    var server = before.server();
    var votes = Votes.NONE.with(server.self(), true);
    var after = new PreCandidate(server, before.state(), before.commitIndex(), votes);
    if (votes.areWon(server.quorum())) {
      return Candidate.standing(before, false);
    }
    var effects = new ArrayList<Effect>();
    effects.add(Effect.Timer.RESTART_ELECTION);
    var request = new RequestPreVote(server.self(), before.term(), server.log().last());
    server.electors().forEach(other -> effects.add(new Effect.Send(other, request)));
    return new Step(before, after, effects);
  }

  @Override
  public PreCandidate with(Server changed) {
    return new PreCandidate(changed, state, commitIndex, votes);
  }

  @Override
  public Step electionTimeout() {
    return standing(this);
  }

  /** A quorum would vote: the election is on. A quorum would not: wait for the next timeout. */
  @Override
  public Step preVoteReply(PreVoteReply reply) {
    if (!reply.term().equals(term())) {
      return stay();
    }
    var counted =
        new PreCandidate(server, state, commitIndex, votes.with(reply.from(), reply.granted()));
    if (counted.votes.areWon(server.quorum())) {
      return Candidate.standing(this, false);
    }
    return Step.of(this, counted.votes.areLost(server.quorum()) ? follower() : counted);
  }

  /**
   * It has not voted in this term by asking, so it may vote for another; a refusal ends nothing.
   */
  @Override
  public Step requestVote(RequestVote request) {
    var answered = follower().requestVote(request);
    boolean granted = answered.effects().contains(Effect.Timer.RESTART_ELECTION);
    return granted ? answered.following(this) : new Step(this, this, answered.effects());
  }

  @Override
  public Step timeoutNow(TimeoutNow request) {
    return request.term().equals(term()) ? Candidate.standing(this, true) : stay();
  }
}
