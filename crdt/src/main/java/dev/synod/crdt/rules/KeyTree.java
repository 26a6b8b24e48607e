package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.PersistentMap;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A node of the tree of digests, with all that is below it: children, or keys if it is a leaf.
 * Immutable: with another entry, only the nodes on the way to it are made anew, in one go.
 */
final class KeyTree {

  private static final KeyTree[] NONE_BELOW = {};

  static final KeyTree EMPTY = new KeyTree(0, 0, NONE_BELOW, PersistentMap.empty());

  private final long sum;
  private final int size;
  private final KeyTree[] below; // all children, or none where nothing was put in yet
  private final PersistentMap<String, Entry<?>> keys; // empty but at a leaf

  private KeyTree(long sum, int size, KeyTree[] below, PersistentMap<String, Entry<?>> keys) {
    this.sum = sum;
    this.size = size;
    this.below = below;
    this.keys = keys;
  }

  /** The digest of all keys here and below, with their versions; 0 if there are none. */
  long sum() {
    return sum;
  }

  /** How many keys are here and below. */
  int size() {
    return size;
  }

  PersistentMap<String, Entry<?>> keys() {
    return keys;
  }

  KeyTree child(int which) {
    return below.length == 0 ? EMPTY : below[which];
  }

  /**
   * The leaf at the end of that way.
   *
   * @param way which child to go on with, in each row; the first one in the highest bits
   * @param bits of the way that are left
   */
  KeyTree leaf(int way, int bits) {
    var node = this;
    for (int left = bits; left > 0; left -= KeySpace.CHILD_BITS) {
      node = node.child(turn(way, left));
    }
    return node;
  }

  private static int turn(int way, int left) {
    return (way >>> (left - KeySpace.CHILD_BITS)) & (KeySpace.CHILDREN - 1);
  }

  /**
   * This with an entry at the leaf at the end of that way, in place of the key's former one.
   *
   * @param digest what the entry adds to the sums, less what the former one did
   */
  KeyTree with(int way, int bits, String key, Entry<?> entry, long digest) {
    if (bits == 0) {
      var then = keys.with(key, entry);
      return new KeyTree(sum + digest, then.size(), below, then);
    }
    int turn = turn(way, bits);
    var before = child(turn);
    var after = before.with(way, bits - KeySpace.CHILD_BITS, key, entry, digest);
    var then = below.length == 0 ? allEmpty() : below.clone();
    then[turn] = after;
    return new KeyTree(sum + digest, size + after.size - before.size, then, keys);
  }

  /**
   * This without a key that is at the leaf at the end of that way; nothing is left of nodes without
   * keys.
   *
   * @param digest what its entry adds to the sums
   */
  KeyTree without(int way, int bits, String key, long digest) {
    if (size == 1) {
      return EMPTY;
    }
    if (bits == 0) {
      return new KeyTree(sum - digest, size - 1, below, keys.without(key));
    }
    int turn = turn(way, bits);
    var then = below.clone();
    then[turn] = child(turn).without(way, bits - KeySpace.CHILD_BITS, key, digest);
    return new KeyTree(sum - digest, size - 1, then, keys);
  }

  private static KeyTree[] allEmpty() {
    var children = new KeyTree[KeySpace.CHILDREN];
    Arrays.fill(children, EMPTY);
    return children;
  }

  void forEach(BiConsumer<String, Entry<?>> each) {
    keys.forEach(each);
    for (var child : below) {
      child.forEach(each);
    }
  }
}
