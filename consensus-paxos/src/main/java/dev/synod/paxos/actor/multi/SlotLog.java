package dev.synod.paxos.actor.multi;

import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.paxos.actor.multi.SlotFormat.Kept;
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
 * have newer votes, and all records before it as well. Before the first is gone, the slots that may
 * be are written down beside the promise: an acceptor that came up with an older snapshot would act
 * as if it had never voted in the slots between.
 */
final class SlotLog implements Votes {

  private static final Optional<List<Entry>> NOTHING = Optional.empty();

  private final GroupLog log;
  private final SlotIndex index = new SlotIndex();
  private Kept kept;
  private long chosen;

  /**
   * What is there, of which records are still to be read ({@link #recover}).
   *
   * @throws IllegalArgumentException if the promise there is none that an acceptor wrote
   */
  SlotLog(GroupLog log) {
    this.log = log;
    this.kept = log.saved().map(SlotFormat::decodeKept).orElse(Kept.NOTHING);
  }

  /** What it has promised, as its disk says. */
  Ballot promised() {
    return kept.promised();
  }

  /** Up to where votes may be gone; a snapshot that ends before it does not do. */
  long compacted() {
    return kept.compacted();
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
    keep(kept.promising(promise.ballot()));
  }

  private void keep(Kept now) {
    kept = now;
    log.save(SlotFormat.encode(now));
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

  /** One record for each run of consecutive slots, if it is not too long for an entry. */
  private void append(Term term, Ballot ballot, long known, List<Entry> entries) {
    int from = 0;
    long bytes = SlotFormat.RECORD_BYTES_MAX;
    for (int i = 1; i <= entries.size(); i++) {
      bytes += SlotFormat.bytesOf(entries.get(i - 1));
      if (i == entries.size()
          || entries.get(i).index() != entries.get(i - 1).index() + 1
          || bytes + SlotFormat.bytesOf(entries.get(i)) > log.entryBytesMax()) {
        bytes = SlotFormat.RECORD_BYTES_MAX;
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

  /**
   * The state is that of a snapshot of that slot; records are to be read next.
   *
   * @return why not, if votes may be gone that the snapshot does not cover
   */
  Optional<String> begin(long snapshot) {
    if (snapshot < kept.compacted()) {
      var text =
          "the log holds no slots up to %s, and the newest intact snapshot ends at %s: replace this"
              + " replica, or restore the directory from a copy";
      return Optional.of(text.formatted(kept.compacted(), snapshot));
    }
    if (snapshot > kept.compacted() && log.last().equals(log.base())) {
      keep(kept.compactedTo(snapshot)); // a backup's, with which the group was founded
    }
    index.forget(snapshot);
    chosen = Math.max(chosen, snapshot);
    return Optional.empty();
  }

  /**
   * All records were read. What was known to be chosen is known only as far as values are here: the
   * snapshot that held others is damaged. This acceptor has not voted in those slots, or it would
   * have a record, so it may go on.
   */
  void recovered() {
    long snapshot = index.base();
    compact(snapshot);
    long held = snapshot;
    while (held < chosen && index.placeOf(held + 1) > 0) {
      held++;
    }
    chosen = held;
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
   * stand one behind the other, and about so many bytes.
   *
   * @param callback on another thread; what it gets is for {@link #valuesOf}
   */
  void read(long from, long to, long bytesMax, Consumer<ReadResult> callback) {
    long place = index.placeOf(from);
    if (place == 0) {
      callback.accept(new ReadResult.Gone());
      return;
    }
    long lastPlace = place;
    for (long slot = from + 1; slot <= to; slot++) {
      long next = index.placeOf(slot);
      if (next != lastPlace && next != lastPlace + 1) {
        break;
      }
      lastPlace = next;
    }
    int records = Math.toIntExact(lastPlace - place + 1);
    log.read(place, log.lastIndexWithin(place, records, bytesMax), callback);
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
      keep(kept.compactedTo(index.base()));
      log.compactTo(new LogPosition(place, log.termAt(place)));
    }
  }
}
