package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotVote;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a replica writes, in order; a crash takes what is not durable yet. */
final class SlotDisk implements Votes {

  private sealed interface Written {
    record Promise(Ballot ballot) implements Written {}

    /** With what was known to be chosen when it was written. */
    record Vote(SlotVote vote, long chosen) implements Written {}

    record Chosen(Entry entry) implements Written {}
  }

  private final List<Written> records = new ArrayList<>();
  private int durable;
  private final NavigableMap<Long, SlotVote> votes = new TreeMap<>();
  private long base;
  private List<Entry> snapshot = List.of();
  private Ballot promised = Ballot.ZERO;
  private long chosen;

  long ticket() {
    return records.size();
  }

  long durable() {
    return durable;
  }

  /** So many more writes are durable. */
  void advance(int count) {
    durable += Math.min(records.size() - durable, count);
  }

  void promise(Ballot ballot) {
    write(new Written.Promise(ballot));
  }

  void vote(SlotVote vote, long known) {
    write(new Written.Vote(vote, known));
  }

  void chosen(Entry entry) {
    write(new Written.Chosen(entry));
  }

  /** What stands before that is kept as a state, at once durable. */
  void compact(List<Entry> state) {
    snapshot = state;
    base = state.size();
    chosen = Math.max(chosen, base);
    votes.headMap(base, true).clear();
  }

  /** What is not durable is gone. */
  void crash() {
    records.subList(durable, records.size()).clear();
    votes.clear();
    promised = Ballot.ZERO;
    chosen = base;
    records.forEach(this::apply);
    votes.headMap(base, true).clear();
  }

  private void write(Written written) {
    records.add(written);
    apply(written);
  }

  private void apply(Written written) {
    if (written instanceof Written.Promise promise) {
      promised = promise.ballot().isAfter(promised) ? promise.ballot() : promised;
    } else if (written instanceof Written.Vote vote) {
      votes.put(vote.vote().slot(), vote.vote());
      chosen = Math.max(chosen, vote.chosen());
    } else if (written instanceof Written.Chosen known) {
      votes.put(known.entry().index(), new SlotVote(Ballot.ZERO, known.entry()));
      chosen = Math.max(chosen, known.entry().index());
    }
  }

  Ballot promised() {
    return promised;
  }

  long chosen() {
    return chosen;
  }

  List<Entry> snapshot() {
    return snapshot;
  }

  /** The value of that slot's newest vote. */
  Entry valueOf(long slot) {
    var vote = votes.get(slot);
    if (vote == null) {
      throw new AssertionError(
          "no slot is skipped: " + slot + " has no value here, where " + base + " is the base");
    }
    return vote.entry();
  }

  List<SlotVote> votesFrom(long slot) {
    return List.copyOf(votes.tailMap(slot, true).values());
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public long last() {
    return votes.isEmpty() ? base : votes.lastKey();
  }

  @Override
  public Ballot ballotAt(long slot) {
    var vote = votes.get(slot);
    return vote == null ? Ballot.ZERO : vote.ballot();
  }
}
