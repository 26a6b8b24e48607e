package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Learn;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotMessage.ReadSlotReply;
import dev.synod.paxos.protocol.multi.SlotMessage.RequestReadSlot;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replica's proposer (Lamport 2001, §2.4, §3): it follows the distinguished one until that is
 * silent, asks whether others would have it instead, runs phase 1 for all slots at once, then phase
 * 2 for each. Several may lead at a time, which costs speed and nothing else. Each role answers
 * every message; what is about another ballot counts for nothing.
 */
public sealed interface SlotProposer extends SlotMessage.ForProposer<SlotStep<SlotProposer>>
    permits Following, Canvassing, Preparing, Leading {

  /** After a start. Its own acceptor has promised whatever ballot it used before. */
  static SlotStep<SlotProposer> atStart(ProposerState state) {
    var following = new Following(state, Optional.empty());
    return new SlotStep<>(following, following, List.of(Timer.RESTART_ELECTION));
  }

  ProposerState state();

  /** As people name it, in any protocol. */
  default String name() {
    if (isInOffice()) {
      return "leader";
    }
    return state().isVoter() ? "follower" : "learner";
  }

  /** Whether clients may leave requests here: it leads, or is about to lead on. */
  default boolean isInOffice() {
    return false;
  }

  /** The same role, with a state that only differs in what others do. */
  SlotProposer with(ProposerState state);

  /** The distinguished proposer, as far as this one knows. */
  Optional<StoreId> leader();

  default SlotStep<SlotProposer> receive(SlotMessage.ToProposer message) {
    return message.match(this);
  }

  /** Nobody who leads was heard for a while. Who has no vote can only ask what was chosen since. */
  default SlotStep<SlotProposer> electionTimeout() {
    if (state().mayPropose()) {
      return Canvassing.begun(this);
    }
    var effects = new ArrayList<SlotEffect>();
    effects.add(Timer.RESTART_ELECTION);
    effects.addAll(askAround());
    return new SlotStep<>(this, new Following(state(), Optional.empty()), effects);
  }

  /**
   * All members are asked what was chosen: the last proposer of a regime that is over may have
   * left, and this replica may be one of those who are to go on, or have been left out.
   */
  default List<SlotEffect> askAround() {
    var learn = new Learn(state().self(), state().chosen() + 1);
    return state().regimes().members().stream()
        .filter(member -> !member.equals(state().self()))
        .<SlotEffect>map(member -> new Send(member, learn))
        .toList();
  }

  /** What it has asked others to promise; nobody's while it has asked for nothing. */
  default Ballot asked() {
    return Ballot.ZERO;
  }

  /** This replica's acceptor listens to the proposer of that ballot. */
  default SlotStep<SlotProposer> heard(Ballot ballot) {
    boolean isOwn = ballot.proposer().equals(state().self());
    return isOwn || asked().isAfter(ballot)
        ? stay()
        : giveUp(state().saw(ballot), Optional.of(ballot.proposer()));
  }

  /** This replica's learner knows more. */
  default SlotStep<SlotProposer> chosen(long slot) {
    return become(with(state().knows(slot)));
  }

  /** This replica's learner knows more of what governs which slot. */
  default SlotStep<SlotProposer> governed(Regimes regimes) {
    return become(with(state().by(regimes)));
  }

  /** It is time to say who leads, and to say again what got no answer. */
  default SlotStep<SlotProposer> heartbeatDue() {
    return stay();
  }

  /** It is time to see whether a quorum still answers. */
  default SlotStep<SlotProposer> quorumCheckDue() {
    return stay();
  }

  @Override
  default SlotStep<SlotProposer> canvassReply(CanvassReply reply) {
    return stay();
  }

  @Override
  default SlotStep<SlotProposer> promise(Promise promise) {
    return stay();
  }

  @Override
  default SlotStep<SlotProposer> accepted(Accepted accepted) {
    return stay();
  }

  @Override
  default SlotStep<SlotProposer> leadReply(LeadReply reply) {
    return stay();
  }

  /**
   * Reads are here, by the shell's number for them. {@link ConfirmRead} follows once it is known
   * what they must see; nothing if this proposer neither leads nor knows who does.
   */
  default SlotStep<SlotProposer> read(long number) {
    return stay();
  }

  @Override
  default SlotStep<SlotProposer> requestReadSlot(RequestReadSlot request) {
    return stay();
  }

  /** Whoever led when it was confirmed: the reads were here before. */
  @Override
  default SlotStep<SlotProposer> readSlotReply(ReadSlotReply reply) {
    return stay(new ConfirmRead(reply.read(), reply.slot()));
  }

  /** Somebody has promised a higher ballot: this one's has little hope. */
  @Override
  default SlotStep<SlotProposer> nack(Nack nack) {
    return become(with(state().saw(nack.promised())));
  }

  /** It neither leads nor tries to. */
  default SlotStep<SlotProposer> giveUp(ProposerState known, Optional<StoreId> leader) {
    var effects = new ArrayList<SlotEffect>();
    if (this instanceof Leading) {
      effects.add(Timer.STOP_LEADING);
    }
    if (!(this instanceof Following)) {
      effects.add(Timer.RESTART_ELECTION);
    }
    return new SlotStep<>(this, new Following(known, leader), effects);
  }

  /** Nothing changes. */
  default SlotStep<SlotProposer> stay(SlotEffect... effects) {
    return become(this, effects);
  }

  default SlotStep<SlotProposer> become(SlotProposer after, SlotEffect... effects) {
    return new SlotStep<>(this, after, List.of(effects));
  }
}
