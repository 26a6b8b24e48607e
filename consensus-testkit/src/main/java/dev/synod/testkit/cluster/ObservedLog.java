package dev.synod.testkit.cluster;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A replica's log that tells the watch what is done to it. */
final class ObservedLog implements GroupLog {

  private final String node;
  private final GroupLog log;
  private final Lens lens;
  private final Watch watch;
  private final ArrayDeque<Ending> endings = new ArrayDeque<>();
  private final ArrayDeque<Writing> writings = new ArrayDeque<>();
  private final NewestPlaces places = new NewestPlaces();
  private long recovered;
  private boolean hasFailed;

  /** Where the log ends once the write of that ticket is durable. */
  private record Ending(long ticket, long index) {}

  /** What is so once the write of that ticket is durable, where the log is not in order. */
  private record Writing(long ticket, List<Change> changes) {}

  ObservedLog(String node, GroupLog log, Lens lens, Watch watch) {
    this.node = node;
    this.log = log;
    this.lens = lens;
    this.watch = watch;
  }

  /** Tells what was recovered. */
  void started(StoreId store) {
    var state = log.saved().map(lens::hardState).orElse(Lens.HardState.NONE);
    var epochs = new ArrayList<Long>();
    if (!lens.isLogInOrder()) {
      recovered = log.last().index();
      watch.see(new Change.Started(node, store.toString(), state.epoch(), vote(state)));
      log.saved().ifPresent(saved -> lens.found(node, saved).forEach(watch::see));
      return;
    }
    for (long index = log.base().index(); index <= log.last().index(); index++) {
      epochs.add(log.termAt(index).number());
    }
    watch.recovered(node, log.base().index(), epochs);
    for (Entry entry : log.configurations()) {
      var configuration = Configuration.decode(entry.payload());
      watch.see(new Change.Found(node, entry.index(), entry.term().number(), configuration));
    }
    watch.see(new Change.Started(node, store.toString(), state.epoch(), vote(state)));
  }

  private void forced(long ticket) {
    while (!writings.isEmpty() && writings.element().ticket() <= ticket) {
      writings.remove().changes().forEach(watch::see);
    }
    if (!lens.isLogInOrder()) {
      return;
    }
    boolean more = false;
    long index = 0;
    while (!endings.isEmpty() && endings.peek().ticket() <= ticket) {
      index = endings.remove().index();
      more = true;
    }
    if (more) {
      watch.see(new Change.Forced(node, index));
    }
  }

  /** Whether the log told its owner that the disk failed. */
  boolean hasFailed() {
    return hasFailed;
  }

  private static String vote(Lens.HardState state) {
    return state.vote().map(StoreId::toString).orElse("");
  }

  static long digest(Entry entry) {
    if (entry.kind() == EntryKind.WITNESSED) {
      return Change.Appended.WITNESSED;
    }
    return entry.payload().hashCode() * 31L + entry.kind().code();
  }

  @Override
  public long append(List<Entry> entries) {
    if (!lens.isLogInOrder()) {
      var changes = new ArrayList<Change>();
      entries.forEach(entry -> changes.addAll(places.noted(entry, lens.kept(node, entry, true))));
      return writing(log.append(entries), changes);
    }
    long ticket = log.append(entries);
    endings.add(new Ending(ticket, log.last().index()));
    for (Entry entry : entries) {
      if (entry.kind() == EntryKind.CONFIGURATION) {
        var configuration = Configuration.decode(entry.payload());
        watch.see(new Change.Configured(node, entry.index(), entry.term().number(), configuration));
      }
      watch.see(new Change.Appended(node, entry.index(), entry.term().number(), digest(entry)));
    }
    return written(ticket);
  }

  @Override
  public long save(Bytes hardState) {
    if (!lens.isLogInOrder()) {
      return writing(log.save(hardState), lens.kept(node, hardState));
    }
    long ticket = log.save(hardState);
    var state = lens.hardState(hardState);
    watch.see(new Change.Entered(node, state.epoch(), vote(state)));
    return ticket;
  }

  @Override
  public long truncateFrom(long index) {
    long ticket = log.truncateFrom(index);
    endings.add(new Ending(ticket, log.last().index()));
    watch.see(new Change.Truncated(node, index));
    return written(ticket);
  }

  @Override
  public long compactTo(LogPosition upTo) {
    if (!lens.isLogInOrder()) {
      return writing(log.compactTo(upTo), places.lost(node, upTo.index()));
    }
    long ticket = log.compactTo(upTo);
    endings.add(new Ending(ticket, log.last().index()));
    long last = log.last().index();
    watch.see(new Change.Compacted(node, upTo.index(), upTo.term().number(), last));
    return written(ticket);
  }

  private long writing(long ticket, List<Change> changes) {
    writings.add(new Writing(ticket, changes));
    return written(ticket);
  }

  /** A log in memory has told that the write is durable before it returned. */
  private long written(long ticket) {
    if (log.durableTicket() >= ticket) {
      forced(ticket);
    }
    return ticket;
  }

  @Override
  public List<Entry> configurations() {
    return log.configurations();
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
  public long describe(Bytes description) {
    return log.describe(description);
  }

  @Override
  public long lastTicket() {
    return log.lastTicket();
  }

  @Override
  public long durableTicket() {
    return log.durableTicket();
  }

  @Override
  public int entryBytesMax() {
    return log.entryBytesMax();
  }

  @Override
  public boolean isBusy() {
    return log.isBusy();
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    return log.cached(from, to);
  }

  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    log.read(
        from,
        to,
        result -> {
          if (result instanceof ReadResult.Entries found && to <= recovered) {
            found
                .entries()
                .forEach(
                    entry ->
                        places.noted(entry, lens.kept(node, entry, false)).forEach(watch::see));
          }
          callback.accept(result);
        });
  }

  @Override
  public void listener(Listener listener) {
    log.listener(
        new Listener() {
          @Override
          public void durable(long ticket) {
            forced(ticket);
            listener.durable(ticket);
          }

          @Override
          public void failed(LogFailure failure) {
            hasFailed = true;
            listener.failed(failure);
          }
        });
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
