package dev.synod.testkit.store;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a group's log should hold, as a list, after random writes to both. */
final class LoggedState {

  private static final int LENGTH_MAX = 400;
  private static final EntryKind[] KINDS = {
    EntryKind.NO_OP, EntryKind.CONFIGURATION, EntryKind.COMMAND
  };

  private final Random random;
  private final List<Entry> entries = new ArrayList<>();
  private LogPosition base = LogPosition.ZERO;
  private Optional<Bytes> saved = Optional.empty();
  private Optional<Bytes> description = Optional.empty();

  LoggedState(long seed) {
    this.random = new Random(seed);
  }

  LogPosition base() {
    return base;
  }

  LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  List<Entry> entries() {
    return entries;
  }

  List<Entry> configurations() {
    return entries.stream().filter(entry -> entry.kind() == EntryKind.CONFIGURATION).toList();
  }

  Optional<Bytes> saved() {
    return saved;
  }

  Optional<Bytes> description() {
    return description;
  }

  /** One random write. */
  void step(GroupLog log) {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4, 5 -> append(log);
      case 6, 7 -> {
        var hardState = payload();
        saved = Optional.of(hardState);
        log.save(hardState);
      }
      case 8 -> {
        var founding = payload();
        description = Optional.of(founding);
        log.describe(founding);
      }
      case 9 -> truncate(log);
      case 10 -> compact(log);
      default -> compactElsewhere(log);
    }
  }

  private void append(GroupLog log) {
    var appended = new ArrayList<Entry>();
    var position = last();
    for (int i = random.nextInt(5); i >= 0; i--) {
      long term = Math.max(1, position.term().number() + (random.nextInt(8) == 0 ? 1 : 0));
      var kind = KINDS[Math.min(random.nextInt(8), KINDS.length - 1)];
      var entry = new Entry(position.index() + 1, new Term(term), kind, payload());
      appended.add(entry);
      position = entry.position();
    }
    entries.addAll(appended);
    log.append(appended);
  }

  private void truncate(GroupLog log) {
    if (!entries.isEmpty()) {
      long from = entries.get(random.nextInt(entries.size())).index();
      entries.removeIf(entry -> entry.index() >= from);
      log.truncateFrom(from);
    }
  }

  private void compact(GroupLog log) {
    if (!entries.isEmpty()) {
      base = entries.get(random.nextInt(entries.size())).position();
      entries.removeIf(entry -> entry.index() <= base.index());
      log.compactTo(base);
    }
  }

  /** To a place that the log does not hold: ahead of it, or of another term. */
  private void compactElsewhere(GroupLog log) {
    if (random.nextInt(4) == 0) {
      long ahead = random.nextInt(3);
      base = new LogPosition(last().index() + ahead + 1, last().term().next());
      entries.clear();
      log.compactTo(base);
    }
  }

  private Bytes payload() {
    byte[] bytes = new byte[random.nextInt(LENGTH_MAX)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
