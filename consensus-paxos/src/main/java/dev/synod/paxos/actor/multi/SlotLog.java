package dev.synod.paxos.actor.multi;

import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.paxos.actor.multi.SlotFormat.Written;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.multi.SlotEffect.SavePromise;
import dev.synod.paxos.rules.multi.SlotEffect.WriteVotes;
import dev.synod.paxos.rules.multi.Votes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the acceptor of a log has written, in the node's log: votes in the order in which they were
 * given, whatever their slots (ADR 21), and an index that finds the newest one of a slot.
 *
 * <p>A slot is gone from here once a snapshot covers it; a record once all of its slots are, or
 * have newer votes, and all records before it as well.
 */
final class SlotLog implements Votes {

  private static final Optional<List<Entry>> NOTHING = Optional.empty();

  private final GroupLog log;
  private final SlotIndex index = new SlotIndex();
  private long chosen;

  SlotLog(GroupLog log) {
    this.log = log;
  }

  /** What it has promised, as its disk says. */
  Ballot promised() {
    return log.saved().map(SlotFormat::decodePromise).orElse(Ballot.ZERO);
  }

  /** Up to where all slots were known to be chosen, as far as it was written down. */
  long chosen() {
    return chosen;
  }

  @Override
  public long base() {
    return index.base();
  }

  @Override
  public long last() {
    return index.last();
  }

  @Override
  public Ballot ballotAt(long slot) {
    return index.ballotAt(slot);
  }

  /** Where the newest vote of that slot stands in the log; 0 if it has none. */
  long placeOf(long slot) {
    return index.placeOf(slot);
  }

  void write(SavePromise promise) {
    log.save(SlotFormat.encode(promise.ballot()));
  }

  /**
   * Writes votes.
   *
   * @param known up to where all slots are known to be chosen
   */
  void write(WriteVotes votes, long known) {
    append(votes.termAfter(log.last().term()), votes.ballot(), known, votes.entries());
  }

  /** Writes what was chosen, of consecutive slots. */
  void writeChosen(List<Entry> entries) {
    long last = entries.get(entries.size() - 1).index();
    append(log.last().term(), Ballot.ZERO, last, entries);
  }

  /** One record for each run of consecutive slots. */
  private void append(Term term, Ballot ballot, long known, List<Entry> entries) {
    int from = 0;
    for (int i = 1; i <= entries.size(); i++) {
      if (i == entries.size() || entries.get(i).index() != entries.get(i - 1).index() + 1) {
        var written = new Written(ballot, known, entries.subList(from, i));
        long place = log.last().index() + 1;
        log.append(List.of(new Entry(place, term, EntryKind.COMMAND, SlotFormat.encode(written))));
        note(written, place);
        from = i;
      }
    }
  }

  private void note(Written written, long place) {
    for (Entry entry : written.entries()) {
      index.put(entry.index(), written.ballot(), place);
    }
    chosen = Math.max(chosen, written.chosen());
  }

  /**
   * The next records of the log, in its order, as they are read at the start.
   *
   * @throws IllegalArgumentException if one of them says nothing that an acceptor wrote
   */
  void recover(List<Entry> records) {
    for (Entry written : records) {
      note(SlotFormat.decode(written.payload()), written.index());
    }
  }

  /** The newest values of those slots, if all of them are in memory. */
  Optional<List<Entry>> cached(long from, long to) {
    var entries = new ArrayList<Entry>();
    long slot = from;
    while (slot <= to) {
      long place = index.placeOf(slot);
      var record = place > log.base().index() ? log.cached(place, place) : NOTHING;
      if (record.isEmpty()) {
        return Optional.empty();
      }
      slot = take(SlotFormat.decode(record.get().get(0).payload()), place, slot, to, entries);
    }
    return Optional.of(entries);
  }

  /** Adds what this record holds of the slots from that one on; returns the next slot. */
  private long take(Written record, long place, long from, long to, List<Entry> into) {
    long slot = from;
    long first = record.entries().get(0).index();
    long last = record.entries().get(record.entries().size() - 1).index();
    while (slot <= to && slot <= last && index.placeOf(slot) == place) {
      into.add(record.entries().get((int) (slot - first)));
      slot++;
    }
    return slot;
  }

  /**
   * Reads the newest values of slots from disk: of the first ones of these at least, as many as
   * stand one behind the other.
   *
   * @param callback on another thread; what it gets is for {@link #valuesOf}
   */
  void read(long from, long to, Consumer<ReadResult> callback) {
    long place = index.placeOf(from);
    long lastPlace = place;
    for (long slot = from + 1; slot <= to; slot++) {
      long next = index.placeOf(slot);
      if (next != lastPlace && next != lastPlace + 1) {
        break;
      }
      lastPlace = next;
    }
    log.read(place, lastPlace, callback);
  }

  /** The values of slots from that one on, as those records hold them that were read. */
  List<Entry> valuesOf(List<Entry> records, long from, long to) {
    var entries = new ArrayList<Entry>();
    long slot = from;
    for (Entry record : records) {
      var written = SlotFormat.decode(record.payload());
      slot = take(written, record.index(), slot, to, entries);
    }
    return entries;
  }

  /** A snapshot covers the slots up to there: forgets them, and what of the log is dead by that. */
  void compact(long upTo) {
    index.forget(upTo);
    chosen = Math.max(chosen, upTo);
    long place = Math.min(index.lowestPlace() - 1, log.last().index());
    if (place > log.base().index()) {
      log.compactTo(new LogPosition(place, log.termAt(place)));
    }
  }
}
