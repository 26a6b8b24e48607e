package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import java.util.List;
import java.util.TreeMap;

/**
 * The entries of a group that say who belongs to it, in memory: a replica needs the newest one to
 * know who votes, before anything else is read (Raft §6). Guarded by its owner.
 */
final class KeptConfigurations {

  private final TreeMap<Long, Entry> entries = new TreeMap<>();

  void appended(Entry entry) {
    if (entry.kind() == EntryKind.CONFIGURATION) {
      entries.put(entry.index(), entry);
    }
  }

  /** Found by recovery, perhaps out of order. */
  void found(long index, long term, Bytes payload) {
    entries.put(index, new Entry(index, new Term(term), EntryKind.CONFIGURATION, payload));
  }

  /** Found by recovery: an entry of another kind. */
  void replaced(long index) {
    entries.remove(index);
  }

  void truncateFrom(long index) {
    entries.tailMap(index, true).clear();
  }

  void compactTo(long index) {
    entries.headMap(index, true).clear();
  }

  void clear() {
    entries.clear();
  }

  List<Entry> all() {
    return List.copyOf(entries.values());
  }
}
