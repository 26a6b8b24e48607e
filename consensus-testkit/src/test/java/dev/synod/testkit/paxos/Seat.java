package dev.synod.testkit.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Accepting;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Pausing;
import dev.synod.paxos.rules.Preparing;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.ProposerStep;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.Rounds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A proposer with what its disk keeps.
 *
 * @param restartsLeft how often it may still lose its memory
 */
record Seat(Proposer<String> proposer, Rounds rounds, int restartsLeft) {

  /** What a proposer did, and what it says. */
  record Done(Seat after, List<PaxosMessage<String>> said) {}

  static Done begun(Proposal<String> proposal, Rounds rounds, int restartsLeft) {
    var next = rounds.next();
    var step = Proposer.begin(proposal, next.ballot());
    return new Done(new Seat(step.after(), next.after(), restartsLeft), said(step));
  }

  /**
   * Everything that can come of hearing any of these answers, in any order, as often as may be,
   * refusals by anybody in between, and of losing patience at any time. What it has heard so far is
   * not seen from outside until it goes on to another phase, so only that is told.
   */
  List<Done> goingOn(List<PaxosMessage.ToProposer<String>> answers, List<StoreId> acceptors) {
    var heard = new ArrayList<PaxosMessage.ToProposer<String>>(answers);
    for (StoreId acceptor : acceptors) {
      var higher = Ballot.above(proposer.ballot(), acceptor);
      heard.add(new PaxosMessage.Nack<>(acceptor, proposer.ballot(), higher));
    }
    var gone = new LinkedHashSet<Done>();
    var known = new LinkedHashSet<>(List.of(this));
    var open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      var seat = open.remove();
      for (Done next : seat.next(heard)) {
        if (next.after.phase() != phase()) {
          gone.add(next);
        } else if (known.add(next.after)) {
          open.add(next.after);
        }
      }
    }
    return List.copyOf(gone);
  }

  private Class<?> phase() {
    return proposer.getClass();
  }

  private List<Done> next(List<PaxosMessage.ToProposer<String>> answers) {
    var all = new ArrayList<Done>();
    if (proposer instanceof Pausing<String> pausing) {
      var next = rounds.next();
      all.add(done(proposer.resume(pausing.attempt(), next.ballot()), next.after()));
    }
    if (proposer instanceof Preparing<String> preparing) {
      all.add(done(proposer.timedOut(preparing.attempt()), rounds));
    }
    if (proposer instanceof Accepting<String> accepting) {
      all.add(done(proposer.timedOut(accepting.attempt()), rounds));
    }
    answers.forEach(answer -> all.add(done(proposer.receive(answer), rounds)));
    return all;
  }

  /** It comes back with nothing but its reserved rounds, and wants something else. */
  Optional<Done> restarted(Quorums quorums) {
    if (restartsLeft == 0) {
      return Optional.empty();
    }
    var kept = Rounds.atStart(rounds.self(), rounds.reserved(), rounds.block());
    var proposal = new Proposal<>(quorums, new Change.Decide<>(Setting.OTHER), 1);
    return Optional.of(begun(proposal, kept, restartsLeft - 1));
  }

  private Done done(ProposerStep<String> step, Rounds after) {
    return new Done(new Seat(step.after(), after, restartsLeft), said(step));
  }

  private static List<PaxosMessage<String>> said(ProposerStep<String> step) {
    var said = new ArrayList<PaxosMessage<String>>();
    for (Effect<String> effect : step.effects()) {
      var now = effect instanceof Effect.WhenDurable<String> gated ? gated.effect() : effect;
      if (now instanceof Effect.Ask<String> ask && !said.contains(ask.message())) {
        said.add(ask.message());
      }
    }
    return said;
  }
}
