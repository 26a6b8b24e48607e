package dev.synod.zab.rules;

import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.Ack;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts for itself what is committed, by what servers say, and fails at once when something is
 * said that is not on disk, or delivered that is not committed (Zab §III).
 */
final class ZabWitness {

  private final Quorum quorum;
  private final Map<LogPosition, Entry> proposed = new HashMap<>();
  private final Map<Term, StoreId> leaders = new HashMap<>();
  private final Map<Term, LogPosition> starts = new HashMap<>();
  private final Map<Term, Map<StoreId, Long>> acknowledged = new HashMap<>();
  private final NavigableMap<Long, Entry> committed = new TreeMap<>();
  private final Map<Long, Long> readsAsked = new HashMap<>();
  private long delivered;
  private long readsConfirmed;
  private long epochsEstablished;

  ZabWitness(Quorum quorum) {
    this.quorum = quorum;
  }

  long committed() {
    return committed.isEmpty() ? 0 : committed.lastKey();
  }

  long readsConfirmed() {
    return readsConfirmed;
  }

  long epochsEstablished() {
    return epochsEstablished;
  }

  /** A server did something: at most one leads in an epoch, and it has all that was committed. */
  void stepped(ZabReplica by, Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Append append) {
        append.entries().forEach(this::written);
      }
    }
    if (!(step.after() instanceof Leading leading) || leading.phase() == Phase.DISCOVERY) {
      return;
    }
    var other = leaders.putIfAbsent(leading.epoch(), by.self);
    require(
        other == null || other.equals(by.self),
        "two leaders in %s: %s and %s",
        leading.epoch(),
        other,
        by.self);
    starts.putIfAbsent(leading.epoch(), leading.start());
    boolean wasEstablished =
        step.before() instanceof Leading before && before.phase() == Phase.BROADCAST;
    if (leading.phase() == Phase.BROADCAST && !wasEstablished) {
      epochsEstablished++;
      primaryIntegrity(by, leading);
    }
  }

  private void primaryIntegrity(ZabReplica by, Leading leading) {
    committed.values().stream()
        .filter(entry -> leading.epoch().isAfter(entry.term()))
        .reduce((first, second) -> second)
        .ifPresent(
            entry ->
                require(
                    Histories.holds(by.disk, entry.position()),
                    "%s proposes in %s and lacks %s, which is committed",
                    by,
                    leading.epoch(),
                    entry));
  }

  private void written(Entry entry) {
    var before = proposed.putIfAbsent(entry.position(), entry);
    require(
        before == null || before.equals(entry),
        "two transactions at %s: %s and %s",
        entry.position(),
        before,
        entry);
  }

  /** Nothing is said that a crash could take back. */
  void said(ZabReplica by, ZabMessage message) {
    if (message instanceof AckEpoch ack) {
      require(
          by.disk.durableEpochs().accepted().compareTo(ack.epoch()) >= 0,
          "%s says that it has accepted %s, and its disk does not",
          by,
          ack.epoch());
    } else if (message instanceof AckNewLeader ack) {
      acknowledges(by, ack.epoch(), ack.lastIndex());
    } else if (message instanceof Ack ack) {
      acknowledges(by, ack.epoch(), ack.lastIndex());
    }
  }

  private void acknowledges(ZabReplica by, Term epoch, long index) {
    require(
        by.disk.durableEpochs().current().compareTo(epoch) >= 0
            && by.disk.durableLast().index() >= index,
        "%s acknowledges %s in %s, but on its disk is %s, %s",
        by,
        index,
        epoch,
        by.disk.durableEpochs(),
        by.disk.durableLast());
    var all = acknowledged.computeIfAbsent(epoch, none -> new HashMap<>());
    all.merge(by.self, index, Math::max);
    long agreed = quorum.agreedValue(store -> all.getOrDefault(store, -1L));
    if (agreed >= starts.get(epoch).index() && agreed > 0) {
      by.disk.durableUpTo(Math.min(agreed, index)).forEach(this::commits);
      require(
          committed() >= Math.min(agreed, index),
          "%s has acknowledged what nobody has proposed: %s",
          by,
          index);
    }
  }

  /** Agreement, and global primary order: epochs never go back along what is committed. */
  private void commits(Entry entry) {
    var before = committed.putIfAbsent(entry.index(), entry);
    require(
        before == null || before.equals(entry),
        "two transactions are committed at %s: %s and %s",
        entry.index(),
        before,
        entry);
    var previous = committed.lowerEntry(entry.index());
    require(
        previous == null || previous.getKey() == entry.index() - 1,
        "%s is committed, and not the one before",
        entry);
    require(
        previous == null || !previous.getValue().term().isAfter(entry.term()),
        "%s is committed behind %s",
        entry,
        previous);
  }

  /** Integrity and total order: only what is committed is delivered, in its place. */
  void applied(ZabReplica by, Entry entry) {
    require(
        entry.equals(committed.get(entry.index())),
        "%s delivers %s, committed is %s",
        by,
        entry,
        committed.get(entry.index()));
    delivered = Math.max(delivered, entry.index());
  }

  void asked(long read) {
    readsAsked.put(read, delivered);
  }

  void confirmed(long read, long index) {
    readsConfirmed++;
    long before = readsAsked.get(read);
    require(index >= before, "read %s sees up to %s, not %s", read, index, before);
  }

  static void require(boolean holds, String text, Object... values) {
    if (!holds) {
      throw new AssertionError(text.formatted(values));
    }
  }
}
