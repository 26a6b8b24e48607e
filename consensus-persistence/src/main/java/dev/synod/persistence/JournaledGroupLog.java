package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.MemoryGroupLog;
import dev.synod.persistence.JournalRecord.Appended;
import dev.synod.persistence.JournalRecord.Compacted;
import dev.synod.persistence.JournalRecord.Described;
import dev.synod.persistence.JournalRecord.Saved;
import dev.synod.persistence.JournalRecord.Truncated;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;

/**
 * A group's log in memory, of which every write goes to the journal too, and is durable once the
 * journal has confirmed it. A journal can't be asked for single entries, so all that snapshots do
 * not cover stays in memory.
 */
final class JournaledGroupLog implements GroupLog {

  private final MemoryGroupLog log;
  private final ActorRef journal;
  private final AtomicLong queuedBytes;
  private final long queuedBytesMax;
  private final Confirmations confirmations;

  /**
   * @param log as recovered
   * @param queuedBytes of all groups of the store
   */
  JournaledGroupLog(
      MemoryGroupLog log,
      ActorRef journal,
      AtomicLong queuedBytes,
      long queuedBytesMax,
      Confirmations confirmations) {
    this.log = log;
    this.journal = journal;
    this.queuedBytes = queuedBytes;
    this.queuedBytesMax = queuedBytesMax;
    this.confirmations = confirmations;
  }

  /** The actor that stores the writes. */
  ActorRef journal() {
    return journal;
  }

  /** Whether the journal confirms nothing any more. */
  boolean isFailed() {
    return confirmations.isFailed();
  }

  @Override
  public long append(List<Entry> entries) {
    long before = log.lastTicket();
    return journaled(before, log.append(entries), () -> new Appended(entries));
  }

  @Override
  public long save(Bytes hardState) {
    long before = log.lastTicket();
    return journaled(before, log.save(hardState), () -> new Saved(hardState));
  }

  @Override
  public long describe(Bytes description) {
    long before = log.lastTicket();
    return journaled(before, log.describe(description), () -> new Described(description));
  }

  @Override
  public long truncateFrom(long index) {
    long before = log.lastTicket();
    return journaled(before, log.truncateFrom(index), () -> new Truncated(index));
  }

  @Override
  public long compactTo(LogPosition upTo) {
    long before = log.lastTicket();
    return journaled(before, log.compactTo(upTo), () -> Compacted.of(log));
  }

  /** Sends what the log took, if it did. */
  private long journaled(long before, long ticket, Supplier<JournalRecord> record) {
    if (ticket > before && !confirmations.isFailed()) {
      var written = record.get();
      var event = Bytes.wrap(RecordFormat.encode(written));
      queuedBytes.addAndGet(event.length());
      journal.tell(
          new GroupJournal.Write(ticket, event, written instanceof Compacted), ActorRef.noSender());
    }
    return ticket;
  }

  @Override
  public long lastTicket() {
    return log.lastTicket();
  }

  @Override
  public long durableTicket() {
    return confirmations.durableTicket();
  }

  @Override
  public int entryBytesMax() {
    return log.entryBytesMax();
  }

  @Override
  public boolean isBusy() {
    return queuedBytes.get() > queuedBytesMax || log.isBusy();
  }

  @Override
  public void listener(Listener told) {
    confirmations.listener(told);
  }

  @Override
  public GroupId group() {
    return log.group();
  }

  @Override
  public Optional<Bytes> saved() {
    return log.saved();
  }

  @Override
  public Optional<Bytes> description() {
    return log.description();
  }

  @Override
  public List<Entry> configurations() {
    return log.configurations();
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    return log.cached(from, to);
  }

  /** Calls back before it returns: all entries are in memory. */
  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    log.read(from, to, callback);
  }

  @Override
  public LogPosition base() {
    return log.base();
  }

  @Override
  public LogPosition last() {
    return log.last();
  }

  @Override
  public Term termAt(long index) {
    return log.termAt(index);
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    return log.firstIndexOfTermAt(index);
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    return log.lastIndexWithin(from, entriesMax, bytesMax);
  }
}
