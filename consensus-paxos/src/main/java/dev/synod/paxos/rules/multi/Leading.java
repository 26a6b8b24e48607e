package dev.synod.paxos.rules.multi;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
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
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.multi.Reads.Waiting;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.TellChosen;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The distinguished proposer (Lamport 2001, §3): phase 1 is behind it for all slots, so that each
 * value needs one round trip.
 *
 * @param recovered the last slot that somebody may have had a vote for when it began
 * @param next the first slot that nothing was proposed for
 * @param flights what is proposed and not chosen without a hole, by slot
 * @param beats heartbeats so far
 * @param contacts the round that each acceptor last answered, and whether since the last check
 * @param reads that wait for a round to be answered by a quorum
 */
public record Leading(
    ProposerState state,
    Ballot ballot,
    long recovered,
    long next,
    List<Flight> flights,
    long beats,
    Contacts contacts,
    Reads reads)
    implements SlotProposer {

  /**
   * What may have been chosen is proposed again, with this ballot; slots in between, which nobody
   * in the quorum has a vote for, get something that does nothing (§3).
   */
  static SlotStep<SlotProposer> begun(SlotProposer before, Preparing prepared) {
    var state = prepared.state();
    var ballot = prepared.ballot();
    var votes = new TreeMap<Long, SlotVote>(prepared.votes());
    votes.headMap(state.chosen(), true).clear();
    long last = votes.isEmpty() ? state.chosen() : votes.lastKey();
    var entries = new ArrayList<Entry>();
    for (long slot = state.chosen() + 1; slot <= last; slot++) {
      var vote = votes.get(slot);
      entries.add(
          vote == null
              ? new Entry(slot, state.termOf(ballot), EntryKind.NO_OP, Bytes.EMPTY)
              : vote.entry());
    }
    var leading =
        new Leading(
            state, ballot, last, state.chosen() + 1, List.of(), 0, Contacts.NONE, Reads.NONE);
    var step = leading.send(entries);
    var effects = new ArrayList<SlotEffect>();
    effects.add(Timer.START_LEADING);
    effects.addAll(leading.toAcceptors());
    effects.addAll(step.effects());
    return new SlotStep<>(before, step.after(), effects);
  }

  @Override
  public SlotProposer with(ProposerState known) {
    return new Leading(known, ballot, recovered, next, flights, beats, contacts, reads);
  }

  private Leading with(Reads other) {
    return new Leading(state, ballot, recovered, next, flights, beats, contacts, other);
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
    return (int) Math.max(0, state.limits().window() - (next - 1 - state.chosen()));
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
    long slot = next;
    for (SlotProposal proposal : proposals) {
      entries.add(new Entry(slot++, term, proposal.kind(), proposal.payload()));
    }
    return send(entries);
  }

  private SlotStep<SlotProposer> send(List<Entry> entries) {
    var all = new ArrayList<>(flights);
    var effects = new ArrayList<SlotEffect>();
    long following = next;
    for (List<Entry> part : state.limits().cut(entries)) {
      var flight = new Flight(part, List.of(), beats);
      all.add(flight);
      following = flight.lastSlot() + 1;
      effects.addAll(toAll(flight));
    }
    return new SlotStep<>(
        this,
        new Leading(state, ballot, recovered, following, all, beats, contacts, reads),
        effects);
  }

  private List<SlotEffect> toAll(Flight flight) {
    var accept = new Accept(state.self(), ballot, flight.entries(), counted());
    return state.quorums().members().stream()
        .filter(acceptor -> !flight.accepted().contains(acceptor))
        .<SlotEffect>map(acceptor -> new Send(acceptor, accept))
        .toList();
  }

  /**
   * Up to where no slot is under way with this ballot. That is what others may go by who have voted
   * with it: what this replica learned elsewhere may be another ballot's value.
   */
  private long counted() {
    return (flights.isEmpty() ? next : flights.get(0).firstSlot()) - 1;
  }

  /** To its own acceptor, too: that one may have promised a higher ballot. */
  private List<SlotEffect> toAcceptors() {
    var lead = new Lead(state.self(), ballot, reads.round(), counted());
    return state.quorums().members().stream()
        .<SlotEffect>map(acceptor -> new Send(acceptor, lead))
        .toList();
  }

  /** What is chosen without this one's having counted it, another one has proposed. */
  @Override
  public SlotStep<SlotProposer> chosen(long slot) {
    return slot > counted() ? giveUp(state.knows(slot), Optional.empty()) : stay();
  }

  /** §2.3: a slot is chosen once a quorum has accepted this ballot's value for it. */
  @Override
  public SlotStep<SlotProposer> accepted(Accepted accepted) {
    if (!accepted.ballot().equals(ballot)) {
      return stay();
    }
    var heard = contacts.heard(accepted.from());
    int at = indexOf(accepted);
    if (at < 0 || flights.get(at).accepted().contains(accepted.from())) {
      return become(new Leading(state, ballot, recovered, next, flights, beats, heard, reads));
    }
    var all = new ArrayList<>(flights);
    all.set(at, flights.get(at).acceptedBy(accepted.from()));
    int done = 0;
    while (done < all.size() && isChosen(all.get(done))) {
      done++;
    }
    var rest = List.copyOf(all.subList(done, all.size()));
    if (done == 0) {
      return become(new Leading(state, ballot, recovered, next, rest, beats, heard, reads));
    }
    var chosen = all.subList(0, done);
    var known = state.knows(chosen.get(done - 1).lastSlot());
    var entries = chosen.stream().flatMap(flight -> flight.entries().stream()).toList();
    return become(
        new Leading(known, ballot, recovered, next, rest, beats, heard, reads),
        new TellChosen(ballot, known.chosen(), entries));
  }

  private int indexOf(Accepted accepted) {
    int low = 0;
    int high = flights.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var flight = flights.get(middle);
      if (flight.firstSlot() == accepted.firstSlot()) {
        return flight.lastSlot() == accepted.lastSlot() ? middle : -1;
      }
      if (flight.firstSlot() < accepted.firstSlot()) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private boolean isChosen(Flight flight) {
    return state.quorums().accept().isMetBy(flight.accepted()::contains);
  }

  /** What was not chosen within a whole interval is sent again to who has not accepted it. */
  @Override
  public SlotStep<SlotProposer> heartbeatDue() {
    long beat = beats + 1;
    var beating = with(reads.beating());
    var effects = new ArrayList<>(beating.toAcceptors());
    var all = new ArrayList<Flight>(flights.size());
    for (Flight flight : flights) {
      boolean isLate = !isChosen(flight) && flight.sentAt() < beats;
      if (isLate) {
        effects.addAll(toAll(flight));
      }
      all.add(isLate ? flight.sent(beat) : flight);
    }
    return new SlotStep<>(
        this,
        new Leading(state, ballot, recovered, next, all, beat, contacts, beating.reads),
        effects);
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
    if (!state.quorums().members().contains(request.from())) {
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
    return state.quorums().accept().agreedValue(contacts::roundOf) >= since
        ? stay(new ConfirmRead(number, toBeSeen()))
        : read(number);
  }

  @Override
  public SlotStep<SlotProposer> leadReply(LeadReply reply) {
    if (!reply.ballot().equals(ballot)) {
      return stay();
    }
    var heard = contacts.answered(reply.from(), reply.round());
    return new Leading(state, ballot, recovered, next, flights, beats, heard, reads)
        .confirming(this, List.of());
  }

  private SlotStep<SlotProposer> confirming(SlotProposer before, List<SlotEffect> first) {
    long round = state.quorums().accept().agreedValue(contacts::roundOf);
    var effects = new ArrayList<>(first);
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
        state
            .quorums()
            .accept()
            .isMetBy(acceptor -> acceptor.equals(state.self()) || contacts.isRecent(acceptor));
    return isAnswered
        ? become(
            new Leading(state, ballot, recovered, next, flights, beats, contacts.checked(), reads))
        : giveUp(state, Optional.empty());
  }

  @Override
  public SlotStep<SlotProposer> nack(Nack nack) {
    return nack.promised().isAfter(ballot)
        ? giveUp(state.saw(nack.promised()), Optional.empty())
        : stay();
  }
}
