package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A dot store for each key (Almeida et al. 2018, §7.1). May be large: it also knows for each dot
 * the key where it is alive, so that a merge looks only at the keys that it concerns.
 *
 * @param <K> keys, immutable
 * @param <S> the stores
 */
public final class DotMap<K, S extends DotStore<S>> implements DotStore<DotMap<K, S>> {

  private static final DotMap<?, ?> EMPTY =
      new DotMap<Object, DotSet>(PersistentMap.empty(), PersistentMap.empty());

  private final PersistentMap<K, S> stores; // none empty
  private final PersistentMap<Dot, K> owners; // of all dots in the stores

  private DotMap(PersistentMap<K, S> stores, PersistentMap<Dot, K> owners) {
    this.stores = stores;
    this.owners = owners;
  }

  @SuppressWarnings("unchecked") // holds nothing
  public static <K, S extends DotStore<S>> DotMap<K, S> none() {
    return (DotMap<K, S>) EMPTY;
  }

  /** This store at that key. */
  public static <K, S extends DotStore<S>> DotMap<K, S> of(K key, S store) {
    return DotMap.<K, S>none().with(key, store);
  }

  /** The change of what is at that key. */
  public static <K, S extends DotStore<S>> Mutation<DotMap<K, S>> updating(
      K key, Mutation<S> inner) {
    return new Mutation<>(
        none(),
        (map, context, by) -> {
          var delta = inner.delta(map.get(key).orElse(inner.empty()), context, by);
          return new Causal<>(of(key, delta.store()), delta.context());
        });
  }

  /** Removes what is seen at that key. */
  public static <K, S extends DotStore<S>> Mutation<DotMap<K, S>> removing(K key) {
    return new Mutation<>(
        none(),
        (map, context, by) ->
            map.get(key)
                .map(store -> new Causal<>(of(key, store.vacated(by)), store.context()))
                .orElseGet(() -> Causal.of(none())));
  }

  /**
   * This map with a key more.
   *
   * @throws IllegalArgumentException if it has the key, or one of the dots at another key
   */
  public DotMap<K, S> with(K key, S store) {
    if (stores.containsKey(key)) {
      throw new IllegalArgumentException("the key is there already: " + key);
    }
    if (store.isEmpty()) {
      return this;
    }
    var dots = new ArrayList<Dot>(store.dots());
    store.forEach(dots::add);
    var owned = owners;
    for (Dot dot : dots) {
      if (owned.containsKey(dot)) {
        throw new IllegalArgumentException(dot + " is alive at two places");
      }
      owned = owned.with(dot, key);
    }
    return new DotMap<>(stores.with(key, store), owned);
  }

  @Override
  public DotMap<K, S> empty() {
    return none();
  }

  @Override
  public int dots() {
    return owners.size();
  }

  /** How many keys have dots. */
  public int size() {
    return stores.size();
  }

  @Override
  public boolean isVacant() {
    return isEmpty() || stores.keys().stream().allMatch(key -> isVacant(key));
  }

  private boolean isVacant(K key) {
    return get(key).map(DotStore::isVacant).orElse(true);
  }

  public Optional<S> get(K key) {
    return Optional.ofNullable(stores.get(key));
  }

  public boolean containsKey(K key) {
    return stores.containsKey(key);
  }

  /** The keys that have dots, copied. */
  public List<K> keys() {
    return stores.keys();
  }

  /** Goes through all keys that have dots, in an order by their hashes. */
  public void forEach(BiConsumer<? super K, ? super S> each) {
    stores.forEach(each);
  }

  @Override
  public void forEach(Consumer<Dot> each) {
    owners.forEach((dot, key) -> each.accept(dot));
  }

  @Override
  public void forEachIn(DotMap<K, S> there, Consumer<Dot> each) {
    stores.forEach((key, store) -> there.get(key).ifPresent(it -> store.forEachIn(it, each)));
  }

  @Override
  public DotMap<K, S> vacated(ReplicaId by) {
    var left = new Edit<K, S>(none());
    stores.forEach(
        (key, store) -> {
          left.put(key, store.vacated(by));
        });
    return left.toMap();
  }

  @Override
  public void forEachSettled(ReplicaId by, Consumer<Dot> each) {
    stores.forEach((key, store) -> store.forEachSettled(by, each));
  }

  @Override
  public DotMap<K, S> merge(
      CausalContext known, DotMap<K, S> other, CausalContext knownThere, DotChanges changes) {
    var merged = new Edit<>(this, changes);
    for (K key : concernedBy(other, knownThere)) {
      var mine = stores.get(key);
      var theirs = other.stores.get(key);
      merged.at(key);
      merged.put(mergeAt(mine, known, theirs, knownThere, merged));
    }
    return merged.toMap();
  }

  private static <S extends DotStore<S>> @Nullable S mergeAt(
      @Nullable S mine,
      CausalContext known,
      @Nullable S theirs,
      CausalContext knownThere,
      DotChanges changes) {
    if (mine != null) {
      return theirs == null
          ? mine.without(knownThere, changes)
          : mine.merge(known, theirs, knownThere, changes);
    }
    if (theirs == null) {
      return null;
    }
    var fresh = theirs.without(known, DotChanges.UNHEARD);
    fresh.forEach(changes::added);
    return fresh;
  }

  /** The keys where the other has something, or where it knows a dot that is alive here. */
  private Collection<K> concernedBy(DotMap<K, S> other, CausalContext knownThere) {
    var keys = new LinkedHashSet<K>(other.stores.keys());
    keys.addAll(keysOf(knownThere));
    return keys;
  }

  /** The keys where dots of the context are alive; by whichever there are fewer of. */
  private Collection<K> keysOf(CausalContext context) {
    var keys = new LinkedHashSet<K>();
    if (context.dots() <= owners.size()) {
      context.forEach(
          dot -> {
            var key = owners.get(dot);
            if (key != null) {
              keys.add(key);
            }
          });
    } else {
      owners.forEach(
          (dot, key) -> {
            if (context.contains(dot)) {
              keys.add(key);
            }
          });
    }
    return keys;
  }

  @Override
  public DotMap<K, S> only(CausalContext kept) {
    var left = new Edit<K, S>(none());
    for (K key : keysOf(kept)) {
      get(key).ifPresent(store -> left.put(key, store.only(kept)));
    }
    return left.toMap();
  }

  @Override
  public DotMap<K, S> without(CausalContext gone, DotChanges changes) {
    var left = new Edit<>(this, changes);
    for (K key : keysOf(gone)) {
      var store = stores.get(key);
      if (store != null) {
        left.at(key);
        left.put(store.without(gone, left));
      }
    }
    return left.toMap();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof DotMap<?, ?> that && stores.equals(that.stores));
  }

  @Override
  public int hashCode() {
    return stores.hashCode();
  }

  @Override
  public String toString() {
    return stores.toString();
  }

  /** A map in the making, one key after the other. */
  private static final class Edit<K, S extends DotStore<S>> implements DotChanges {

    private final DotChanges above;
    private PersistentMap<K, S> stores;
    private PersistentMap<Dot, K> owners;
    private @Nullable K key;

    Edit(DotMap<K, S> before) {
      this(before, DotChanges.UNHEARD);
    }

    Edit(DotMap<K, S> before, DotChanges above) {
      this.above = above;
      this.stores = before.stores;
      this.owners = before.owners;
    }

    /** From here on it is about that key. */
    void at(K next) {
      key = next;
    }

    @Override
    public void added(Dot dot) {
      owners = owners.with(dot, java.util.Objects.requireNonNull(key));
      above.added(dot);
    }

    @Override
    public void removed(Dot dot) {
      owners = owners.without(dot);
      above.removed(dot);
    }

    /** A store at a key that was not there. */
    void put(K fresh, S store) {
      at(fresh);
      store.forEach(this::added);
      put(store);
    }

    void put(@Nullable S store) {
      var at = java.util.Objects.requireNonNull(key);
      stores = store == null || store.isEmpty() ? stores.without(at) : stores.with(at, store);
    }

    DotMap<K, S> toMap() {
      return new DotMap<>(stores, owners);
    }
  }
}
