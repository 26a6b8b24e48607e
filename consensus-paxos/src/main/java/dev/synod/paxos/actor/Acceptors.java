package dev.synod.paxos.actor;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Written;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One acceptor for each key, and the log that all of them write to. What is overtaken in the log
 * would fill the disk in the end: so what stands at its front and is still needed is written anew
 * at its end, a little with every write, and the front is forgotten.
 */
final class Acceptors {

  private static final int WRITTEN_ANEW = 2;
  private static final long STALE_PER_KEY_MAX = 3;

  private final StoreId self;
  private final GroupLog log;
  private final int staleMax;
  private final Map<String, Acceptor<Content>> acceptors = new TreeMap<>();
  private final NeededEntries needed = new NeededEntries();

  /**
   * @param staleMax entries of the log that tell nothing any more and are left alone
   */
  Acceptors(StoreId self, GroupLog log, int staleMax) {
    this.self = self;
    this.log = log;
    this.staleMax = staleMax;
  }

  Acceptor<Content> of(String key) {
    var acceptor = acceptors.get(key);
    return acceptor == null ? Acceptor.initial(self) : acceptor;
  }

  /** How many keys anything was promised or accepted for. */
  int size() {
    return acceptors.size();
  }

  void become(String key, Acceptor<Content> acceptor) {
    acceptors.put(key, acceptor);
  }

  /** One promise or acceptance is one entry, whichever key it is of. */
  void write(String key, Written<Content> written) {
    var last = log.last();
    Bytes payload = EntryFormat.encode(key, written);
    log.append(
        List.of(
            new Entry(
                last.index() + 1, written.termAfter(last.term()), EntryKind.COMMAND, payload)));
    note(key, written, last.index() + 1);
  }

  /** A promise says nothing of an acceptance before it. */
  private void note(String key, Written<Content> written, long index) {
    boolean isAll = !(written instanceof Written.Promised) || of(key).vote().isEmpty();
    needed.wrote(key, index, isAll);
  }

  /**
   * Writes anew what stands at the front of the log, if too much in it tells nothing any more: two
   * entries, so that the log becomes shorter though each write makes it longer.
   *
   * @return up to where it may be forgotten once all that is written is durable
   */
  OptionalLong writeAnew() {
    boolean isTooLong = stale() > Math.max(staleMax, STALE_PER_KEY_MAX * needed.size());
    if (!isTooLong) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < WRITTEN_ANEW; i++) {
      var key = needed.oldest();
      write(key, of(key).kept());
    }
    return OptionalLong.of(needed.first() - 1);
  }

  private long stale() {
    return log.last().index() - log.base().index() - needed.size();
  }

  /** Nothing up to that entry is needed any more, and what took its place is durable. */
  void forget(long upTo) {
    if (upTo > log.base().index()) {
      log.compactTo(new LogPosition(upTo, log.termAt(upTo)));
    }
  }

  /**
   * The next entries of the log, in its order, as they are read at the start.
   *
   * @throws IllegalArgumentException if one of them says nothing that an acceptor wrote
   */
  void recover(List<Entry> entries) {
    for (Entry entry : entries) {
      var found = EntryFormat.decode(entry.payload());
      become(found.key(), of(found.key()).recovered(found.written()));
      note(found.key(), found.written(), entry.index());
    }
  }
}
