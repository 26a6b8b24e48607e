package dev.synod.crdt.lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map. A map with one entry more or less shares all but a few hundred bytes with
 * the map that it was made from, so that large values can be changed and still be handed out
 * (Steindorfer, Vinju: "Optimizing Hash-Array Mapped Tries for Fast and Lean Immutable JVM
 * Collections", 2015).
 *
 * <p>Entries are gone through in an order that follows from the keys' {@code hashCode}. Keys whose
 * hash is the same in every process, such as strings, numbers, bytes and records of these, are gone
 * through in the same order everywhere; enums are not. Many keys with one hash are searched one
 * after the other.
 *
 * @param <K> keys, immutable
 * @param <V> values
 */
public final class PersistentMap<K, V> {

  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(TrieNode.EMPTY, 0);

  private final TrieNode root;
  private final int size;

  private PersistentMap(TrieNode root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // holds nothing
  public static <K, V> PersistentMap<K, V> empty() {
    return (PersistentMap<K, V>) EMPTY;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The key's value, or null. */
  @SuppressWarnings("unchecked") // only with() puts values in
  public @Nullable V get(K key) {
    return (V) root.find(key, TrieNode.hash(key), 0);
  }

  public boolean containsKey(K key) {
    return get(key) != null;
  }

  /** This map with that entry, in place of the key's former one; this very map if it has it. */
  public PersistentMap<K, V> with(K key, V value) {
    Objects.requireNonNull(value, "value");
    var changed = root.with(key, value, TrieNode.hash(key), 0);
    return changed == root
        ? this
        : new PersistentMap<>(changed, size + changed.entries() - root.entries());
  }

  /** This map without that key; this very map if it does not have it. */
  public PersistentMap<K, V> without(K key) {
    var changed = root.without(key, TrieNode.hash(key), 0);
    return changed == root ? this : new PersistentMap<>(changed, size - 1);
  }

  @SuppressWarnings("unchecked") // only with() puts keys and values in
  public void forEach(BiConsumer<? super K, ? super V> each) {
    root.forEach((key, value) -> each.accept((K) key, (V) value));
  }

  /** All keys, copied. */
  public List<K> keys() {
    var keys = new ArrayList<K>(size);
    forEach((key, value) -> keys.add(key));
    return keys;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof PersistentMap<?, ?> that
            && size == that.size
            && (root == that.root || root.isWithin(that.root)));
  }

  @Override
  public int hashCode() {
    int[] sum = {size};
    forEach((key, value) -> sum[0] += key.hashCode() ^ value.hashCode());
    return sum[0];
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    forEach((key, value) -> text.append(text.length() > 1 ? ", " : "").append(key + "=" + value));
    return text.append('}').toString();
  }
}
