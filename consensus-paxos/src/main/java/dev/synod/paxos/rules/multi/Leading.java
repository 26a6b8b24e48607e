package dev.synod.paxos.rules.multi;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Objection;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.ReadSlotReply;
import dev.synod.paxos.protocol.multi.SlotMessage.RequestReadSlot;
import dev.synod.paxos.rules.multi.Reads.Waiting;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.TellChosen;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The distinguished proposer (Lamport 2001, §3): phase 1 is behind it for all slots, so that each
 * value needs one round trip.
 *
 * @param recovered the last slot that somebody may have had a vote for when it began
 * @param pipeline what it proposes
 * @param beats heartbeats so far
 * @param contacts the round that each acceptor last answered, and whether since the last check
 * @param reads that wait for a round to be answered by a quorum
 * @param tenure how far it has brought its regime
 */
public record Leading(
    ProposerState state,
    Ballot ballot,
    long recovered,
    Pipeline pipeline,
    long beats,
    Contacts contacts,
    Reads reads,
    Tenure tenure)
    implements SlotProposer {

  /** Phase 1 is complete: what may have been chosen is proposed again (§3). */
  static SlotStep<SlotProposer> begun(SlotProposer before, Preparing prepared) {
    var state = prepared.state();
    var entries = prepared.recovered();
    var leading =
        new Leading(
            state,
            prepared.ballot(),
            state.chosen() + entries.size(),
            new Pipeline(state.chosen() + 1, entries, List.of()),
            0,
            Contacts.NONE,
            Reads.NONE,
            Tenure.begun(state.regime(), state.chosen()).proposing(entries));
    var effects = new ArrayList<SlotEffect>();
    effects.add(Timer.START_LEADING);
    effects.addAll(leading.toAcceptors());
    return leading.goingOn(before, true, effects);
  }

  @Override
  public SlotProposer with(ProposerState known) {
    return new Leading(known, ballot, recovered, pipeline, beats, contacts, reads, tenure);
  }

  private Leading with(Reads other) {
    return new Leading(state, ballot, recovered, pipeline, beats, contacts, other, tenure);
  }

  private Leading with(Contacts other, Tenure brought) {
    return new Leading(state, ballot, recovered, pipeline, beats, other, reads, brought);
  }

  private Leading with(Pipeline other) {
    return new Leading(state, ballot, recovered, other, beats, contacts, reads, tenure);
  }

  /** The first slot that nothing was proposed for. */
  public long next() {
    return pipeline.next();
  }

  @Override
  public boolean isInOffice() {
    return true;
  }

  @Override
  public Ballot asked() {
    return ballot;
  }

  /** One number for its ballot. */
  public Term term() {
    return state.termOf(ballot);
  }

  @Override
  public Optional<StoreId> leader() {
    return Optional.of(state.self());
  }

  /** How many more slots may be proposed for now. */
  public int room() {
    if (!pipeline.rest().isEmpty() || lastSlot() < Long.MAX_VALUE) {
      return 0;
    }
    long window = state.limits().window() - (next() - 1 - state.chosen());
    return (int) Math.max(0, Math.min(window, state.regimes().decided() - (next() - 1)));
  }

  /** The last slot that is this regime's. */
  private long lastSlot() {
    return state.regimes().lastOf(tenure.regime());
  }

  /**
   * Whether all slots of its regime may be chosen already, so that another proposer may lead the
   * next one, of which this one need not know yet: what its quorum says of reads is worth nothing.
   */
  private boolean isClosing() {
    return Math.max(next() - 1, recovered) >= Math.min(lastSlot(), state.regimes().decided());
  }

  /** Whoever leads is not silent. */
  @Override
  public SlotStep<SlotProposer> electionTimeout() {
    return stay();
  }

  /**
   * Phase 2(a), for the next slots.
   *
   * @param proposals not more than there is {@link #room} for
   */
  public SlotStep<SlotProposer> propose(List<SlotProposal> proposals) {
    var term = term();
    var entries = new ArrayList<Entry>(proposals.size());
    long slot = next();
    for (SlotProposal proposal : proposals) {
      entries.add(new Entry(slot++, term, proposal.kind(), proposal.payload()));
    }
    return send(entries);
  }

  private SlotStep<SlotProposer> send(List<Entry> entries) {
    var effects = new ArrayList<SlotEffect>();
    return new SlotStep<>(this, sending(entries, effects), effects);
  }

  private Leading sending(List<Entry> entries, List<SlotEffect> effects) {
    if (entries.isEmpty()) {
      return this;
    }
    var more = pipeline.sending(entries, state.limits(), beats);
    int before = pipeline.flights().size();
    more.flights().stream().skip(before).forEach(flight -> effects.addAll(toAll(flight)));
    return with(contacts, tenure.proposing(entries)).with(more);
  }

  /**
   * Proposes what it has to without being asked: what it has recovered, as far as is known what
   * governs those slots; in a new regime something, so that acceptors note that it has begun; and
   * when another one follows, what does nothing for all slots before it.
   *
   * @param mayNudge whether it is time to have acceptors note something
   */
  private SlotStep<SlotProposer> goingOn(
      SlotProposer before, boolean mayNudge, List<SlotEffect> first) {
    var effects = new ArrayList<>(first);
    long mayBe = Math.min(lastSlot(), state.regimes().decided());
    var rest = pipeline.rest();
    int count = (int) Math.max(0, Math.min(rest.size(), mayBe - (next() - 1)));
    var sent = sending(rest.subList(0, count), effects);
    sent = sent.with(sent.pipeline.without(count));
    if (!sent.pipeline.rest().isEmpty()) {
      return new SlotStep<>(before, sent, effects);
    }
    boolean nudges = mayNudge && !tenure.isSettled() && sent.pipeline.flights().isEmpty();
    long until = nudges ? Math.min(sent.next(), mayBe) : sent.next() - 1;
    var fill = new ArrayList<Entry>();
    for (long slot = sent.next(); slot <= (mayBe == lastSlot() ? mayBe : until); slot++) {
      fill.add(Preparing.nothing(slot, term()));
    }
    return new SlotStep<>(before, sent.sending(fill, effects), effects);
  }

  private List<SlotEffect> toAll(Flight flight) {
    var accept = new Accept(state.self(), ballot, flight.entries(), pipeline.counted());
    return tenure.regime().quorums().members().stream()
        .filter(acceptor -> !flight.accepted().contains(acceptor))
        .<SlotEffect>map(acceptor -> new Send(acceptor, accept))
        .toList();
  }

  /** To its own acceptor, too, which may have promised a higher ballot; and to who only learns. */
  private List<SlotEffect> toAcceptors() {
    var lead = new Lead(state.self(), ballot, reads.round(), pipeline.counted());
    return tenure.regime().audience().stream()
        .<SlotEffect>map(acceptor -> new Send(acceptor, lead))
        .toList();
  }

  /** What is chosen without this one's having counted it, another one has proposed. */
  @Override
  public SlotStep<SlotProposer> chosen(long slot) {
    return slot > pipeline.counted() ? giveUp(state.knows(slot), Optional.empty()) : stay();
  }

  @Override
  public SlotStep<SlotProposer> governed(Regimes regimes) {
    if (regimes.known() > pipeline.counted()) {
      return giveUp(state.by(regimes), Optional.empty());
    }
    var knowing = (Leading) with(state.by(regimes));
    return state.chosen() >= regimes.lastOf(tenure.regime())
        ? knowing.over(this, List.of())
        : knowing.goingOn(this, false, List.of());
  }

  /** All slots of its regime are chosen: if it has a vote in the next, it goes on with that. */
  private SlotStep<SlotProposer> over(Leading before, List<SlotEffect> first) {
    var effects = new ArrayList<>(first);
    effects.addAll(toAcceptors());
    effects.add(Timer.STOP_LEADING);
    if (state.mayPropose()) {
      return Preparing.succeeding(before, state, effects);
    }
    effects.add(Timer.RESTART_ELECTION);
    return new SlotStep<>(before, new Following(state, Optional.empty()), effects);
  }

  /** §2.3: a slot is chosen once a quorum has accepted this ballot's value for it. */
  @Override
  public SlotStep<SlotProposer> accepted(Accepted accepted) {
    if (!accepted.ballot().equals(ballot)) {
      return stay();
    }
    var heard = contacts.heard(accepted.from());
    var brought = tenure.noted(accepted.from(), accepted.chosen());
    var voted = pipeline.accepted(accepted);
    var chosen = voted.chosen(accept());
    if (chosen.isEmpty()) {
      return become(new Leading(state, ballot, recovered, voted, beats, heard, reads, brought));
    }
    var known = state.knows(chosen.get(chosen.size() - 1).lastSlot());
    var entries = chosen.stream().flatMap(flight -> flight.entries().stream()).toList();
    var told = new TellChosen(ballot, known.chosen(), entries);
    var after =
        new Leading(known, ballot, recovered, voted.after(chosen), beats, heard, reads, brought);
    return known.chosen() >= lastSlot() ? after.over(this, List.of(told)) : become(after, told);
  }

  private Quorum accept() {
    return tenure.regime().quorums().accept();
  }

  /** What was not chosen within a whole interval is sent again to who has not accepted it. */
  @Override
  public SlotStep<SlotProposer> heartbeatDue() {
    var beating = with(reads.beating());
    var effects = new ArrayList<>(beating.toAcceptors());
    var late = pipeline.late(accept(), beats);
    late.forEach(flight -> effects.addAll(toAll(flight)));
    var again = pipeline.again(late, beats + 1);
    var after =
        new Leading(state, ballot, recovered, again, beats + 1, contacts, beating.reads, tenure);
    return Reconfiguration.next(after)
        .map(next -> after.configure(this, next, effects))
        .orElseGet(() -> after.goingOn(this, true, effects));
  }

  private SlotStep<SlotProposer> configure(
      SlotProposer before, Configuration configuration, List<SlotEffect> first) {
    var effects = new ArrayList<>(first);
    var entry = new Entry(next(), term(), EntryKind.CONFIGURATION, configuration.encode());
    return new SlotStep<>(before, sending(List.of(entry), effects), effects);
  }

  /** Why that change of members can't begin now, or never can; empty if it can. */
  public Optional<Objection> objectionTo(ChangeRequest request) {
    return Reconfiguration.objection(this, request);
  }

  /** Who would belong to the group after that change; there is no objection to it. */
  public Configuration goalOf(ChangeRequest request) {
    return ConfigurationSteps.goal(tenure.regime().configuration(), request);
  }

  /** The first configuration of that change is proposed; there is no objection to it. */
  public SlotStep<SlotProposer> change(ChangeRequest request) {
    return configure(
        this, ConfigurationSteps.first(tenure.regime().configuration(), request), List.of());
  }

  /** Whether the change that led to the newest configuration is done. */
  public boolean isChangeDone() {
    return tenure.isDone(state.regimes());
  }

  /**
   * A read may be answered once all is applied that was chosen when it came, if no other proposer
   * had taken over by then: a quorum says so, with which that one's would have shared an acceptor.
   */
  @Override
  public SlotStep<SlotProposer> read(long number) {
    var after = with(reads.asked(new Waiting(state.self(), number, toBeSeen())));
    return after.confirming(this, after.toAcceptors());
  }

  /** What may have been chosen before it led counts as well. */
  private long toBeSeen() {
    return Math.max(state.chosen(), recovered);
  }

  /** As {@link #read}, for another replica that answers its own clients. */
  @Override
  public SlotStep<SlotProposer> requestReadSlot(RequestReadSlot request) {
    if (!tenure.regime().audience().contains(request.from())) {
      return stay();
    }
    var asked = new Waiting(request.from(), request.read(), toBeSeen());
    var after = with(reads.withoutThatOf(request.from()).asked(asked));
    return after.confirming(this, after.toAcceptors());
  }

  /**
   * A read by lease: acceptors that answered a round promise nothing to anybody for as long as the
   * shortest election timeout, so nobody has taken over if a quorum answered one sent less than a
   * lease ago. Else it is read as any other.
   *
   * @param since the oldest round that went out so recently, by this replica's clock
   */
  public SlotStep<SlotProposer> readByLease(long number, long since) {
    return !isClosing() && accept().agreedValue(contacts::roundOf) >= since
        ? stay(new ConfirmRead(number, toBeSeen()))
        : read(number);
  }

  @Override
  public SlotStep<SlotProposer> leadReply(LeadReply reply) {
    if (!reply.ballot().equals(ballot)) {
      return stay();
    }
    var heard = contacts.answered(reply.from(), reply.round());
    return with(heard, tenure.reached(reply.from(), reply.chosen())).confirming(this, List.of());
  }

  private SlotStep<SlotProposer> confirming(SlotProposer before, List<SlotEffect> first) {
    var effects = new ArrayList<>(first);
    if (isClosing()) {
      return new SlotStep<>(before, this, effects);
    }
    long round = accept().agreedValue(contacts::roundOf);
    for (Waiting read : reads.upTo(round)) {
      boolean isOwn = read.by().equals(state.self());
      effects.add(
          isOwn
              ? new ConfirmRead(read.read(), read.slot())
              : new Send(read.by(), new ReadSlotReply(state.self(), read.read(), read.slot())));
    }
    return new SlotStep<>(before, with(reads.after(round)), effects);
  }

  /** A proposer that no quorum answers can do nothing: its clients had better turn elsewhere. */
  @Override
  public SlotStep<SlotProposer> quorumCheckDue() {
    boolean isAnswered =
        accept().isMetBy(acceptor -> acceptor.equals(state.self()) || contacts.isRecent(acceptor));
    return isAnswered ? become(with(contacts.checked(), tenure)) : giveUp(state, Optional.empty());
  }

  @Override
  public SlotStep<SlotProposer> nack(Nack nack) {
    return nack.promised().isAfter(ballot)
        ? giveUp(state.saw(nack.promised()), Optional.empty())
        : stay();
  }
}
