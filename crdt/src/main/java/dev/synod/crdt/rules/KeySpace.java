package dev.synod.crdt.rules;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All keys with their entries, in a tree of digests by the keys' hashes (a Merkle tree whose sums
 * can be changed one key at a time). Nodes have 16 children: those of n are 16 n + 1 to 16 n + 16.
 * Immutable.
 */
final class KeySpace {

  static final int ROOT = 0;
  static final int CHILD_BITS = 4;
  static final int CHILDREN = 1 << CHILD_BITS;

  /** The first node of the fifth row, in which there are 16^4 of them. */
  static final int FIRST_LEAF = 1 + 16 + 256 + 4096;

  static final int NODES = FIRST_LEAF + 65_536;

  static final KeySpace EMPTY = new KeySpace(KeyTree.EMPTY);

  /** How many bits of a hash say which leaf it is at. */
  private static final int LEAF_BITS = 4 * CHILD_BITS;

  private final KeyTree tree;

  private KeySpace(KeyTree tree) {
    this.tree = tree;
  }

  static boolean isLeaf(int node) {
    return node >= FIRST_LEAF;
  }

  static int child(int node, int which) {
    return CHILDREN * node + 1 + which;
  }

  /** Which of the leaves, counted from 0, a key of that hash is at. */
  private static int wayTo(long hash) {
    return (int) (mix(hash) >>> (Long.SIZE - LEAF_BITS));
  }

  int size() {
    return tree.size();
  }

  @Nullable Entry<?> get(String key) {
    return tree.leaf(wayTo(textHash(key)), LEAF_BITS).keys().get(key);
  }

  private KeyTree node(int node) {
    return node == ROOT ? tree : node((node - 1) / CHILDREN).child((node - 1) % CHILDREN);
  }

  /** What is at that leaf. */
  PersistentMap<String, Entry<?>> leaf(int leaf) {
    return node(leaf).keys();
  }

  /** The digest of all keys below the node, with their versions; 0 if there are none. */
  long sum(int node) {
    return node(node).sum();
  }

  KeySpace with(String key, Entry<?> entry) {
    long hash = textHash(key);
    int way = wayTo(hash);
    var before = tree.leaf(way, LEAF_BITS).keys().get(key);
    long difference =
        digest(hash, entry.version()) - (before == null ? 0 : digest(hash, before.version()));
    return new KeySpace(tree.with(way, LEAF_BITS, key, entry, difference));
  }

  /** Without that key, if it is there. */
  KeySpace without(String key) {
    long hash = textHash(key);
    int way = wayTo(hash);
    var before = tree.leaf(way, LEAF_BITS).keys().get(key);
    return before == null
        ? this
        : new KeySpace(tree.without(way, LEAF_BITS, key, digest(hash, before.version())));
  }

  void forEach(BiConsumer<String, Entry<?>> each) {
    tree.forEach(each);
  }

  /** Of a key of that hash, with that version. */
  private static long digest(long keyHash, VersionVector version) {
    long[] hash = {keyHash};
    version.forEach((replica, counter) -> hash[0] = mix(mix(hash[0] + replica.number()) + counter));
    return mix(hash[0]);
  }

  /** A number that is the same everywhere; its lower half says nothing of the leaf. */
  static long hash(String text) {
    return mix(textHash(text));
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
