package dev.synod.crdt.rules;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All keys with their entries, in a tree of digests by the keys' hashes (a Merkle tree whose sums
 * can be changed one key at a time). Nodes have 16 children: those of n are 16 n + 1 to 16 n + 16.
 * Immutable.
 */
final class KeySpace {

  static final int ROOT = 0;
  static final int CHILDREN = 16;

  /** The first node of the fifth row, in which there are 16^4 of them. */
  static final int FIRST_LEAF = 1 + 16 + 256 + 4096;

  static final int NODES = FIRST_LEAF + 65_536;

  static final KeySpace EMPTY = new KeySpace(PersistentMap.empty(), PersistentMap.empty(), 0);

  private final PersistentMap<Integer, PersistentMap<String, Entry<?>>> leaves;
  private final PersistentMap<Integer, Long> sums;
  private final int size;

  private KeySpace(
      PersistentMap<Integer, PersistentMap<String, Entry<?>>> leaves,
      PersistentMap<Integer, Long> sums,
      int size) {
    this.leaves = leaves;
    this.sums = sums;
    this.size = size;
  }

  static boolean isLeaf(int node) {
    return node >= FIRST_LEAF;
  }

  static int child(int node, int which) {
    return CHILDREN * node + 1 + which;
  }

  static int leafOf(String key) {
    return FIRST_LEAF + (int) (mix(textHash(key)) >>> 48);
  }

  int size() {
    return size;
  }

  @Nullable Entry<?> get(String key) {
    return leaf(leafOf(key)).get(key);
  }

  /** What is at that leaf. */
  PersistentMap<String, Entry<?>> leaf(int leaf) {
    var keys = leaves.get(leaf);
    return keys == null ? PersistentMap.empty() : keys;
  }

  /** The digest of all keys below the node, with their versions; 0 if there are none. */
  long sum(int node) {
    return Objects.requireNonNullElse(sums.get(node), 0L);
  }

  KeySpace with(String key, Entry<?> entry) {
    int leaf = leafOf(key);
    var keys = leaf(leaf);
    var before = keys.get(key);
    long difference =
        digest(key, entry.version()) - (before == null ? 0 : digest(key, before.version()));
    var changed = sums;
    for (int node = leaf; ; node = (node - 1) / CHILDREN) {
      changed = changed.with(node, sum(node) + difference);
      if (node == ROOT) {
        break;
      }
    }
    return new KeySpace(
        leaves.with(leaf, keys.with(key, entry)), changed, size + (before == null ? 1 : 0));
  }

  /** Without that key, if it is there. */
  KeySpace without(String key) {
    int leaf = leafOf(key);
    var keys = leaf(leaf);
    var before = keys.get(key);
    if (before == null) {
      return this;
    }
    long digest = digest(key, before.version());
    var changed = sums;
    for (int node = leaf; ; node = (node - 1) / CHILDREN) {
      long rest = sum(node) - digest;
      changed = rest == 0 ? changed.without(node) : changed.with(node, rest);
      if (node == ROOT) {
        break;
      }
    }
    var left = keys.without(key);
    return new KeySpace(
        left.isEmpty() ? leaves.without(leaf) : leaves.with(leaf, left), changed, size - 1);
  }

  void forEach(BiConsumer<String, Entry<?>> each) {
    leaves.forEach((leaf, keys) -> keys.forEach(each));
  }

  private static long digest(String key, VersionVector version) {
    long[] hash = {textHash(key)};
    version.forEach((replica, counter) -> hash[0] = mix(mix(hash[0] + replica.number()) + counter));
    return mix(hash[0]);
  }

  /** FNV-1a over the characters, 64 bits wide: the same everywhere. */
  private static long textHash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Every bit of the result depends on every bit of the number (Stafford's thirteenth mixer). */
  private static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
