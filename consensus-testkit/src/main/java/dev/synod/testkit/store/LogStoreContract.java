package dev.synod.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.InvariantViolation;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import dev.synod.log.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of groups' logs must do. */
public abstract class LogStoreContract {

  private static final GroupId GROUP = new GroupId("contract");
  private static final int STEPS = 150;
  private static final int SEEDS = 20;

  /** The store under test, open; the same one each time, until it was opened anew. */
  protected abstract LogStore store();

  /** Returns once all that was written to that log is durable. */
  protected abstract void settle(GroupLog log);

  /** Waits for an answer that is on its way. */
  protected abstract <T> T await(CompletableFuture<T> answer);

  /** Closes the store in order and opens it again. False if it forgets all by design. */
  protected abstract boolean reopen();

  @Test
  @DisplayName("shows writes at once, before they are durable")
  void showsWritesAtOnce() {
    var log = log();

    log.append(entries(1, 3, 2));
    log.save(Bytes.utf8("vote"));
    log.describe(Bytes.utf8("founded"));

    assertEquals(at(3, 2), log.last());
    assertEquals(new Term(2), log.termAt(2));
    assertEquals(Optional.of(Bytes.utf8("vote")), log.saved());
    assertEquals(Optional.of(Bytes.utf8("founded")), log.description());
    settle(log);
  }

  @Test
  @DisplayName("reports tickets in order, up to the last one")
  void reportsTicketsInOrder() {
    var log = log();
    var told = new Told();
    log.listener(told);

    long first = log.append(entries(1, 1, 1));
    long second = log.save(Bytes.utf8("vote"));
    settle(log);

    assertTrue(second > first, first + " before " + second);
    assertEquals(second, log.lastTicket());
    assertEquals(second, log.durableTicket());
    var tickets = told.tickets();
    assertEquals(tickets.stream().sorted().toList(), tickets);
    assertEquals(second, tickets.get(tickets.size() - 1));
  }

  @Test
  @DisplayName("gives the successor of a truncated entry a ticket of its own")
  void ticketsNameWrites() {
    var log = log();

    long old = log.append(entries(1, 1, 1));
    log.truncateFrom(1);
    long successor = log.append(entries(1, 1, 2));

    assertTrue(successor > old, old + " before " + successor);
    settle(log);
  }

  @Test
  @DisplayName("finds the first entry of a term")
  void findsTheFirstOfATerm() {
    var log = log();
    log.append(entries(1, 3, 1));
    log.append(entries(4, 6, 4));
    log.append(entries(7, 7, 5));

    assertEquals(4, log.firstIndexOfTermAt(6));
    assertEquals(1, log.firstIndexOfTermAt(3));
    assertEquals(7, log.firstIndexOfTermAt(7));
    log.compactTo(at(5, 4));
    assertEquals(6, log.firstIndexOfTermAt(6));
    assertEquals(new Term(4), log.termAt(5));
    settle(log);
  }

  @Test
  @DisplayName("bounds a range in entries and bytes, but always allows one")
  void boundsARange() {
    var log = log();
    var payload = Bytes.wrap(new byte[100]);
    for (long index = 1; index <= 10; index++) {
      log.append(List.of(new Entry(index, new Term(1), EntryKind.COMMAND, payload)));
    }

    assertEquals(4, log.lastIndexWithin(1, 4, 1_000_000));
    assertEquals(3, log.lastIndexWithin(1, 100, 350));
    assertEquals(10, log.lastIndexWithin(1, 100, 1_000_000));
    assertEquals(5, log.lastIndexWithin(5, 100, 1));
    settle(log);
  }

  @Test
  @DisplayName("stops who appends out of order, of an earlier term, or truncates what is compacted")
  void stopsWhoBreaksTheOrder() {
    var log = log();
    log.append(entries(1, 5, 3));
    log.compactTo(at(2, 3));

    assertThrows(InvariantViolation.class, () -> log.append(entries(7, 7, 3)));
    assertThrows(InvariantViolation.class, () -> log.append(entries(6, 6, 2)));
    assertThrows(InvariantViolation.class, () -> log.truncateFrom(2));
    assertThrows(InvariantViolation.class, () -> log.termAt(1));
    assertThrows(InvariantViolation.class, () -> log.termAt(6));
    settle(log);
  }

  @Test
  @DisplayName("drops everything when compacted to a place that it doesn't hold")
  void dropsEverythingWhenCompactedElsewhere() {
    var log = log();
    log.append(entries(1, 5, 1));

    log.compactTo(at(3, 2));
    assertEquals(at(3, 2), log.last());
    log.compactTo(at(9, 3));

    assertEquals(at(9, 3), log.base());
    assertEquals(at(9, 3), log.last());
    log.append(entries(10, 11, 3));
    settle(log);
    assertEquals(entries(10, 11, 3), kept(log));
  }

  @Test
  @DisplayName("shows no entry in memory that was truncated, and none that it lacks")
  void cachesWhatItHolds() {
    var log = log();
    log.append(entries(1, 3, 1));
    log.truncateFrom(2);
    log.append(entries(2, 2, 2));

    assertEquals(Optional.empty(), log.cached(1, 3));
    assertTrue(
        log.cached(1, 2).stream().allMatch(found -> found.get(1).term().equals(new Term(2))));
    settle(log);
  }

  @Test
  @DisplayName("says that entries are gone when they are compacted")
  void saysThatEntriesAreGone() {
    var log = log();
    log.append(entries(1, 3, 1));
    settle(log);
    log.compactTo(at(2, 1));
    settle(log);

    assertEquals(new ReadResult.Gone(), read(log, 1, 3));
  }

  @Test
  @DisplayName("equals a list after random writes, and after it was closed and opened again")
  void equalsAList() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var id = new GroupId("random-" + seed);
      var model = new LoggedState(seed);
      var log = store().group(id);
      for (int step = 0; step < STEPS; step++) {
        model.step(log);
      }
      check(model, log, "seed " + seed);
      if (reopen()) {
        check(model, store().group(id), "seed " + seed + ", opened again");
      }
    }
  }

  @Test
  @DisplayName("keeps its identity for as long as it keeps its groups")
  void identity() {
    var before = store().storeId();

    boolean remembers = reopen();

    assertEquals(remembers, before.equals(store().storeId()));
  }

  @Test
  @DisplayName(
      "gives a snapshot back in chunks, with its position and metadata, and only the newest")
  void snapshots() {
    takeSnapshot(at(3, 1), "an older state");
    takeSnapshot(at(7, 2), "the state after seven entries");
    checkSnapshot();
    if (reopen()) {
      checkSnapshot();
    }
    store().snapshots(GROUP).deleteAll();
    assertEquals(Optional.empty(), store().snapshots(GROUP).newest(LogPosition.ZERO, this::fail));
  }

  @Test
  @DisplayName("counts a snapshot only once it is committed")
  void unfinishedSnapshots() {
    try (var writer = store().snapshots(GROUP).begin(at(7, 2), Bytes.utf8("voters"))) {
      writer.append(Bytes.utf8("half"));
      assertEquals(4, writer.size());
    }

    assertEquals(Optional.empty(), store().snapshots(GROUP).newest(LogPosition.ZERO, this::fail));
  }

  private void takeSnapshot(LogPosition position, String state) {
    try (var writer = store().snapshots(GROUP).begin(position, Bytes.utf8("voters"))) {
      writer.append(Bytes.utf8(state.substring(0, 5)));
      writer.append(Bytes.utf8(state.substring(5)));
      writer.commit();
    }
  }

  private void checkSnapshot() {
    var found = store().snapshots(GROUP).newest(at(5, 1), this::fail).orElseThrow();
    assertEquals(at(7, 2), found.position());
    assertEquals(Bytes.utf8("voters"), found.metadata());
    try (var reader = store().snapshots(GROUP).open(found)) {
      assertEquals(Bytes.utf8("the state"), reader.read(0, 9));
      assertEquals(Bytes.utf8("after seven entries"), reader.read(10, 1000));
      assertEquals(Bytes.EMPTY, reader.read(1000, 10));
    }
  }

  private void fail(LogFailure damage) {
    throw new AssertionError(damage.message());
  }

  private void check(LoggedState model, GroupLog log, String when) {
    settle(log);
    assertEquals(model.base(), log.base(), when);
    assertEquals(model.last(), log.last(), when);
    assertEquals(model.configurations(), log.configurations(), when);
    assertEquals(model.saved(), log.saved(), when);
    assertEquals(model.description(), log.description(), when);
    for (Entry entry : model.entries()) {
      assertEquals(entry.term(), log.termAt(entry.index()), when);
    }
    if (!model.entries().isEmpty()) {
      assertEquals(model.entries(), kept(log), when);
    }
  }

  private GroupLog log() {
    return store().group(GROUP);
  }

  private List<Entry> kept(GroupLog log) {
    var result = read(log, log.base().index() + 1, log.last().index());
    if (result instanceof ReadResult.Entries found) {
      return found.entries();
    }
    throw new AssertionError("can't read " + log.group() + ": " + result);
  }

  private ReadResult read(GroupLog log, long from, long to) {
    var answer = new CompletableFuture<ReadResult>();
    log.read(from, to, answer::complete);
    return await(answer);
  }

  private static List<Entry> entries(long from, long to, long term) {
    var entries = new ArrayList<Entry>();
    for (long index = from; index <= to; index++) {
      var payload = Bytes.utf8("entry " + index + " of term " + term);
      entries.add(new Entry(index, new Term(term), EntryKind.COMMAND, payload));
    }
    return entries;
  }

  private static LogPosition at(long index, long term) {
    return new LogPosition(index, new Term(term));
  }

  private static final class Told implements GroupLog.Listener {

    private final List<Long> tickets = new ArrayList<>();

    @Override
    public synchronized void durable(long ticket) {
      tickets.add(ticket);
    }

    @Override
    public void failed(LogFailure failure) {
      throw new AssertionError(failure.message());
    }

    synchronized List<Long> tickets() {
      return List.copyOf(tickets);
    }
  }
}
