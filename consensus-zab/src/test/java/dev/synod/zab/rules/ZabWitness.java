package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.core.Voting;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.Ack;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts for itself what is committed, by what servers say, and fails at once when something is
 * said that is not on disk, or delivered that is not committed (Zab §III).
 */
final class ZabWitness {

  private final Voting voting;
  private final Quorum quorum;
  private final Map<LogPosition, Entry> proposed = new HashMap<>();
  private final Map<Term, StoreId> leaders = new HashMap<>();
  private final Map<Term, LogPosition> starts = new HashMap<>();
  private final Map<Term, Quorum> quorums = new HashMap<>();
  private final Map<Term, Map<StoreId, Long>> acknowledged = new HashMap<>();
  private final NavigableMap<Long, Entry> committed = new TreeMap<>();
  private final Map<Long, Long> readsAsked = new HashMap<>();
  private long delivered;
  private long readsConfirmed;
  private long epochsEstablished;

  ZabWitness(Voting voting, Quorum quorum) {
    this.voting = voting;
    this.quorum = quorum;
  }

  long committed() {
    return committed.isEmpty() ? 0 : committed.lastKey();
  }

  /** Who belongs to the group by what is committed; empty if that never changed. */
  Optional<Configuration> members() {
    return committed.values().stream()
        .filter(entry -> entry.kind() == EntryKind.CONFIGURATION)
        .reduce((first, second) -> second)
        .map(entry -> Configuration.decode(entry.payload()));
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
        "one leader an epoch",
        other == null || other.equals(by.self),
        "two leaders in %s: %s and %s",
        leading.epoch(),
        other,
        by.self);
    starts.putIfAbsent(leading.epoch(), leading.start());
    var deciding = voting.of(by.newest());
    if (by.newest().version() > 1 && !deciding.equals(quorums.put(leading.epoch(), deciding))) {
      countsAnew(by, leading.epoch());
    }
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
                    "primary integrity",
                    Histories.holds(by.disk, entry.position()),
                    "%s proposes in %s and lacks %s, which is committed",
                    by,
                    leading.epoch(),
                    entry));
  }

  private void written(Entry entry) {
    var before = proposed.putIfAbsent(entry.position(), entry);
    require(
        "one transaction a zxid",
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
          "an epoch is durable before it is accepted",
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
        "transactions are durable before they are acknowledged",
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
    long agreed = agreed(epoch, all);
    if (agreed >= starts.get(epoch).index() && agreed > 0) {
      by.disk.durableUpTo(Math.min(agreed, index)).forEach(this::commits);
      require(
          "integrity",
          committed() >= Math.min(agreed, index),
          "%s has acknowledged what nobody has proposed: %s",
          by,
          index);
    }
  }

  private long agreed(Term epoch, Map<StoreId, Long> all) {
    return quorums.getOrDefault(epoch, quorum).agreedValue(store -> all.getOrDefault(store, -1L));
  }

  /** Others decide now: what they have acknowledged already counts. */
  private void countsAnew(ZabReplica leader, Term epoch) {
    long agreed = agreed(epoch, acknowledged.getOrDefault(epoch, Map.of()));
    if (agreed >= starts.get(epoch).index()) {
      leader.disk.entries(1, agreed).forEach(this::commits);
    }
  }

  /** Agreement, and global primary order: epochs never go back along what is committed. */
  private void commits(Entry entry) {
    var before = committed.putIfAbsent(entry.index(), entry);
    require(
        "agreement",
        before == null || before.equals(entry),
        "two transactions are committed at %s: %s and %s",
        entry.index(),
        before,
        entry);
    var previous = committed.lowerEntry(entry.index());
    require(
        "total order",
        previous == null || previous.getKey() == entry.index() - 1,
        "%s is committed, and not the one before",
        entry);
    require(
        "global primary order",
        previous == null || !previous.getValue().term().isAfter(entry.term()),
        "%s is committed behind %s",
        entry,
        previous);
  }

  /** Integrity and total order: only what is committed is delivered, in its place. */
  void applied(ZabReplica by, Entry entry) {
    require(
        "integrity",
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
    require(
        "reads see what was delivered",
        index >= before,
        "read %s sees up to %s, not %s",
        read,
        index,
        before);
  }

  /**
   * Fails unless it holds.
   *
   * @param property whose name the failure begins with
   */
  static void require(String property, boolean holds, String text, Object... values) {
    if (!holds) {
      throw new AssertionError(property + ": " + text.formatted(values));
    }
  }
}
