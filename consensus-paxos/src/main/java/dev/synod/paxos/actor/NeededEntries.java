package dev.synod.paxos.actor;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of each key, the first entry of an acceptor's log that still tells something: all before it were
 * overtaken by later ones.
 */
final class NeededEntries {

  private final Map<String, Long> firstOf = new HashMap<>();
  private final TreeMap<Long, String> keyAt = new TreeMap<>();

  /**
   * That entry is of that key.
   *
   * @param isAll whether it says all that is to be known of the key; else what came before counts
   */
  void wrote(String key, long index, boolean isAll) {
    var before = firstOf.get(key);
    if (before != null && !isAll) {
      return;
    }
    if (before != null) {
      keyAt.remove(before);
    }
    firstOf.put(key, index);
    keyAt.put(index, key);
  }

  /** How many keys there are. */
  int size() {
    return firstOf.size();
  }

  /** The index of the first entry that is needed. There is one. */
  long first() {
    return keyAt.firstKey();
  }

  /** The key that it is of. */
  String oldest() {
    return keyAt.firstEntry().getValue();
  }
}
