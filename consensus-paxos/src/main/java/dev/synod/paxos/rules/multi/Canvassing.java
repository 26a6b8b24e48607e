package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Canvass;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asks whether a quorum would promise, before anybody has to: who was cut off, and finds that the
 * others have a proposer, disturbs nobody.
 *
 * @param ballot that it would use; nobody is bound by it
 * @param willing who would promise, sorted, each once
 */
public record Canvassing(ProposerState state, Ballot ballot, List<StoreId> willing)
    implements SlotProposer {

  static SlotStep<SlotProposer> begun(SlotProposer before) {
    var state = before.state();
    var ballot = Ballot.above(state.seen(), state.self());
    var effects = new ArrayList<SlotEffect>();
    effects.add(Timer.RESTART_ELECTION);
    for (StoreId acceptor : state.quorums().members()) {
      effects.add(new Send(acceptor, new Canvass(state.self(), ballot, state.chosen() + 1)));
    }
    effects.addAll(before.askAround());
    return new SlotStep<>(before, new Canvassing(state, ballot, List.of()), effects);
  }

  @Override
  public SlotProposer with(ProposerState known) {
    return new Canvassing(known, ballot, willing);
  }

  @Override
  public Optional<StoreId> leader() {
    return Optional.empty();
  }

  @Override
  public SlotStep<SlotProposer> canvassReply(CanvassReply reply) {
    if (!reply.ballot().equals(ballot) || !reply.isWilling()) {
      return stay();
    }
    var more = new TreeSet<>(willing);
    more.add(reply.from());
    return state.mayPropose() && state.quorums().prepare().isMetBy(more::contains)
        ? Preparing.begun(this)
        : become(new Canvassing(state, ballot, List.copyOf(more)));
  }

  @Override
  public SlotStep<SlotProposer> nack(Nack nack) {
    return nack.promised().isAfter(ballot)
        ? giveUp(state.saw(nack.promised()), Optional.empty())
        : stay();
  }
}
