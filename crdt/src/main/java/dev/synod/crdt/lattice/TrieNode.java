package dev.synod.crdt.lattice;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link PersistentMap}: entries and deeper nodes, each at one of 32 places by five
 * bits of the hash. Below the last bits a node is a plain list of entries whose hashes are equal.
 * The same entries make the same nodes, but for the order in such lists.
 */
final class TrieNode {

  static final TrieNode EMPTY = new TrieNode(0, 0, 0, new Object[0]);

  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;

  private final int leaves; // places with an entry
  private final int branches; // places with a deeper node
  private final int entries; // here and below
  private final Object[] slots; // key, value, key, value, …, node, node, …

  private TrieNode(int leaves, int branches, int entries, Object[] slots) {
    this.leaves = leaves;
    this.branches = branches;
    this.entries = entries;
    this.slots = slots;
  }

  /** What places are taken from: the key's own hash, its upper half brought down. */
  static int hash(Object key) {
    int hash = key.hashCode();
    return hash ^ hash >>> 16;
  }

  int entries() {
    return entries;
  }

  private static boolean isList(int shift) {
    return shift >= Integer.SIZE;
  }

  private static int place(int hash, int shift) {
    return 1 << (hash >>> shift & MASK);
  }

  private int leafAt(int place) {
    return 2 * Integer.bitCount(leaves & place - 1);
  }

  private int branchAt(int place) {
    return 2 * Integer.bitCount(leaves) + Integer.bitCount(branches & place - 1);
  }

  private TrieNode branch(int at) {
    return (TrieNode) slots[at];
  }

  private int inList(Object key) {
    for (int at = 0; at < slots.length; at += 2) {
      if (slots[at].equals(key)) {
        return at;
      }
    }
    return -1;
  }

  @Nullable Object find(Object key, int hash, int shift) {
    if (isList(shift)) {
      int at = inList(key);
      return at < 0 ? null : slots[at + 1];
    }
    int place = place(hash, shift);
    if ((branches & place) != 0) {
      return branch(branchAt(place)).find(key, hash, shift + BITS);
    }
    int at = leafAt(place);
    return (leaves & place) != 0 && slots[at].equals(key) ? slots[at + 1] : null;
  }

  TrieNode with(Object key, Object value, int hash, int shift) {
    if (isList(shift)) {
      int at = inList(key);
      return at < 0 ? insert(0, leaves, key, value) : replaceValue(at + 1, value);
    }
    int place = place(hash, shift);
    if ((branches & place) != 0) {
      int at = branchAt(place);
      return replaceBranch(at, branch(at).with(key, value, hash, shift + BITS));
    }
    int at = leafAt(place);
    if ((leaves & place) == 0) {
      return insert(at, leaves | place, key, value);
    }
    if (slots[at].equals(key)) {
      return replaceValue(at + 1, value);
    }
    var pushed =
        EMPTY
            .with(slots[at], slots[at + 1], hash(slots[at]), shift + BITS)
            .with(key, value, hash, shift + BITS);
    return pushDown(place, pushed);
  }

  TrieNode without(Object key, int hash, int shift) {
    if (isList(shift)) {
      int at = inList(key);
      return at < 0 ? this : remove(at, leaves);
    }
    int place = place(hash, shift);
    if ((branches & place) != 0) {
      int at = branchAt(place);
      var below = branch(at).without(key, hash, shift + BITS);
      return below.entries == 1 ? pullUp(place, below) : replaceBranch(at, below);
    }
    int at = leafAt(place);
    return (leaves & place) != 0 && slots[at].equals(key) ? remove(at, leaves ^ place) : this;
  }

  private TrieNode replaceValue(int at, Object value) {
    if (slots[at] == value) {
      return this;
    }
    var changed = slots.clone();
    changed[at] = value;
    return new TrieNode(leaves, branches, entries, changed);
  }

  private TrieNode replaceBranch(int at, TrieNode below) {
    if (slots[at] == below) {
      return this;
    }
    var changed = slots.clone();
    int sum = entries - branch(at).entries + below.entries;
    changed[at] = below;
    return new TrieNode(leaves, branches, sum, changed);
  }

  private TrieNode insert(int at, int leavesThen, Object key, Object value) {
    var changed = new Object[slots.length + 2];
    System.arraycopy(slots, 0, changed, 0, at);
    changed[at] = key;
    changed[at + 1] = value;
    System.arraycopy(slots, at, changed, at + 2, slots.length - at);
    return new TrieNode(leavesThen, branches, entries + 1, changed);
  }

  private TrieNode remove(int at, int leavesThen) {
    var changed = new Object[slots.length - 2];
    System.arraycopy(slots, 0, changed, 0, at);
    System.arraycopy(slots, at + 2, changed, at, slots.length - at - 2);
    return new TrieNode(leavesThen, branches, entries - 1, changed);
  }

  /** The entry at that place becomes a node of that and another entry. */
  private TrieNode pushDown(int place, TrieNode below) {
    int from = leafAt(place);
    int to = branchAt(place) - 2;
    var changed = new Object[slots.length - 1];
    System.arraycopy(slots, 0, changed, 0, from);
    System.arraycopy(slots, from + 2, changed, from, to - from);
    changed[to] = below;
    System.arraycopy(slots, to + 2, changed, to + 1, slots.length - to - 2);
    return new TrieNode(leaves ^ place, branches | place, entries + 1, changed);
  }

  /** The node at that place has but one entry left, which takes its place. */
  private TrieNode pullUp(int place, TrieNode below) {
    int from = branchAt(place);
    int to = leafAt(place);
    var changed = new Object[slots.length + 1];
    System.arraycopy(slots, 0, changed, 0, to);
    changed[to] = below.slots[0];
    changed[to + 1] = below.slots[1];
    System.arraycopy(slots, to, changed, to + 2, from - to);
    System.arraycopy(slots, from + 1, changed, from + 2, slots.length - from - 1);
    int sum = entries - branch(from).entries + 1;
    return new TrieNode(leaves | place, branches ^ place, sum, changed);
  }

  private int firstBranch() {
    return branches == 0 ? slots.length : 2 * Integer.bitCount(leaves);
  }

  void forEach(BiConsumer<Object, Object> each) {
    int first = firstBranch();
    for (int at = 0; at < first; at += 2) {
      each.accept(slots[at], slots[at + 1]);
    }
    for (int at = first; at < slots.length; at++) {
      branch(at).forEach(each);
    }
  }

  /** Whether the other has all entries of this; nodes that they share are not gone through. */
  boolean isWithin(TrieNode other) {
    return isWithin(other, 0);
  }

  private boolean isWithin(TrieNode other, int shift) {
    if (this == other) {
      return true;
    }
    if (entries != other.entries || leaves != other.leaves || branches != other.branches) {
      return false;
    }
    if (isList(shift)) {
      for (int at = 0; at < slots.length; at += 2) {
        if (!slots[at + 1].equals(other.find(slots[at], 0, shift))) {
          return false;
        }
      }
      return true;
    }
    int first = firstBranch();
    if (!Arrays.equals(slots, 0, first, other.slots, 0, first)) {
      return false;
    }
    for (int at = first; at < slots.length; at++) {
      if (!branch(at).isWithin(other.branch(at), shift + BITS)) {
        return false;
      }
    }
    return true;
  }
}
