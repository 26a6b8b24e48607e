package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Learn;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.rules.multi.SlotEffect.Commit;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.SendChosen;
import dev.synod.paxos.rules.multi.SlotEffect.SendSnapshot;
import dev.synod.paxos.rules.multi.SlotEffect.WriteChosen;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows what was chosen, slot by slot without a hole, and hands it on (Lamport 2001, §2.3).
 *
 * @param chosen all slots up to there are chosen, and their values are here
 * @param known up to where others know them to be chosen, as far as was heard
 * @param votes what this replica has accepted
 */
public record SlotLearner(StoreId self, long chosen, long known, Votes votes)
    implements SlotMessage.ForLearner<SlotStep<SlotLearner>> {

  /** As it is after a start. */
  public static SlotLearner recovered(StoreId self, long chosen, Votes votes) {
    return new SlotLearner(self, chosen, chosen, votes);
  }

  public SlotStep<SlotLearner> receive(SlotMessage.ToLearner message) {
    return message.match(this);
  }

  /**
   * The distinguished proposer says that all slots up to {@code upTo} are chosen. Where this
   * replica has voted for that proposer's own ballot, the value chosen is the one it voted for: no
   * ballot has two, and no later one another. Any other vote may have been in vain.
   *
   * @param mayAsk whether to ask for what is missing; not with each of many messages
   */
  public SlotStep<SlotLearner> heard(StoreId from, Ballot ballot, long upTo, boolean mayAsk) {
    long reached = chosen;
    while (reached < upTo && votes.ballotAt(reached + 1).equals(ballot)) {
      reached++;
    }
    var effects = new ArrayList<SlotEffect>();
    if (reached > chosen) {
      effects.add(new Commit(reached));
    }
    if (reached < upTo && mayAsk) {
      effects.add(new Send(from, new Learn(self, reached + 1)));
    }
    return step(reached, Math.max(known, upTo), effects);
  }

  /**
   * This replica's own proposer has counted a quorum for these slots. Its acceptor may have missed
   * what the others accepted.
   */
  public SlotStep<SlotLearner> chosenHere(Ballot ballot, long upTo, List<Entry> entries) {
    Invariants.check(
        upTo <= chosen || (!entries.isEmpty() && entries.get(0).index() <= chosen + 1),
        "a proposer tells of each slot that is chosen: %s up to %s, after %s",
        entries.size(),
        upTo,
        chosen);
    var news = entries.stream().filter(entry -> entry.index() > chosen).toList();
    if (news.isEmpty()) {
      return step(chosen, known, List.of());
    }
    var missed =
        news.stream().filter(entry -> !votes.ballotAt(entry.index()).equals(ballot)).toList();
    var effects = new ArrayList<SlotEffect>();
    if (!missed.isEmpty()) {
      effects.add(new WriteChosen(missed));
    }
    effects.add(new Commit(upTo));
    return step(upTo, Math.max(known, upTo), effects);
  }

  /** Somebody lacks what was chosen. */
  @Override
  public SlotStep<SlotLearner> learn(Learn learn) {
    if (learn.firstSlot() > chosen) {
      return step(chosen, known, List.of());
    }
    return learn.firstSlot() <= votes.base()
        ? step(chosen, known, List.of(new SendSnapshot(learn.from())))
        : step(chosen, known, List.of(new SendChosen(learn.from(), learn.firstSlot(), chosen)));
  }

  /** What was asked for; with the last part of it, more is asked for at once. */
  @Override
  public SlotStep<SlotLearner> learned(Learned learned) {
    var news = learned.entries().stream().filter(entry -> entry.index() > chosen).toList();
    if (news.isEmpty() || news.get(0).index() > chosen + 1) {
      return step(chosen, known, List.of());
    }
    long last = news.get(news.size() - 1).index();
    var effects = new ArrayList<SlotEffect>();
    effects.add(new WriteChosen(news));
    effects.add(new Commit(last));
    if (last < known && learned.isLast()) {
      effects.add(new Send(learned.from(), new Learn(self, last + 1)));
    }
    return step(last, Math.max(known, last), effects);
  }

  /** A proposer of this replica has heard that another one knows more. */
  public SlotStep<SlotLearner> catchUp(StoreId from, long upTo) {
    var ask = new Send(from, new Learn(self, chosen + 1));
    return step(chosen, Math.max(known, upTo), upTo > chosen ? List.of(ask) : List.of());
  }

  /**
   * Slots that this replica has nothing for, though it knows of a later one: it missed their
   * proposals, and asks for them once it hears that they are chosen.
   */
  public long gaps() {
    long gaps = Math.max(0, known - Math.max(chosen, votes.last()));
    for (long slot = chosen + 1; slot <= votes.last(); slot++) {
      gaps += votes.ballotAt(slot).equals(Ballot.ZERO) ? 1 : 0;
    }
    return gaps;
  }

  /** The state is that of a snapshot now. */
  public SlotLearner installed(long slot) {
    return new SlotLearner(self, Math.max(chosen, slot), Math.max(known, slot), votes);
  }

  private SlotStep<SlotLearner> step(long reached, long heard, List<SlotEffect> effects) {
    Invariants.check(reached >= chosen, "what is chosen stays chosen: %s -> %s", chosen, reached);
    return new SlotStep<>(this, new SlotLearner(self, reached, heard, votes), effects);
  }
}
