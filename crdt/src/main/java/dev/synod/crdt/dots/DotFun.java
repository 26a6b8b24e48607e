package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dots with a value each (Almeida et al. 2018, §7.1). Few of them, in order.
 *
 * @param <V> the values
 */
public final class DotFun<V extends DotValue<V>> implements DotStore<DotFun<V>> {

  private static final DotFun<?> EMPTY = new DotFun<>(new TreeMap<Dot, Tally>());

  private final NavigableMap<Dot, V> values; // never changed

  private DotFun(NavigableMap<Dot, V> values) {
    this.values = values;
  }

  @SuppressWarnings("unchecked") // holds nothing
  public static <V extends DotValue<V>> DotFun<V> none() {
    return (DotFun<V>) EMPTY;
  }

  public static <V extends DotValue<V>> DotFun<V> of(Dot dot, V value) {
    var values = new TreeMap<Dot, V>();
    values.put(dot, value);
    return new DotFun<>(values);
  }

  public static <V extends DotValue<V>> DotFun<V> of(Map<Dot, V> values) {
    return values.isEmpty() ? none() : new DotFun<>(new TreeMap<>(values));
  }

  /** A new dot of that replica with that value, which takes the place of all that are there. */
  public static <V extends DotValue<V>> Mutation<DotFun<V>> writing(V value) {
    return new Mutation<>(
        none(),
        (store, context, by) -> {
          var dot = context.next(by);
          return new Causal<>(of(dot, value), store.context().with(dot));
        });
  }

  @Override
  public DotFun<V> empty() {
    return none();
  }

  @Override
  public int dots() {
    return values.size();
  }

  @Override
  public boolean isVacant() {
    return values.values().stream().allMatch(DotValue::isVacant);
  }

  public @Nullable V get(Dot dot) {
    return values.get(dot);
  }

  /** The last dot of that replica that is alive here, or null. */
  public @Nullable Dot lastOf(ReplicaId replica) {
    var dot = values.floorKey(new Dot(replica, Dot.COUNTER_MAX));
    return dot != null && dot.replica().equals(replica) ? dot : null;
  }

  /** In the order of the dots. */
  public void forEach(BiConsumer<Dot, V> each) {
    values.forEach(each);
  }

  @Override
  public void forEach(Consumer<Dot> each) {
    values.keySet().forEach(each);
  }

  @Override
  public void forEachIn(DotFun<V> there, Consumer<Dot> each) {
    var both = values.keySet().stream().filter(there.values::containsKey).toList();
    both.forEach(each);
    if (both.isEmpty() && !there.isVacant()) {
      values.descendingMap().entrySet().stream()
          .filter(one -> !one.getValue().isVacant())
          .findFirst()
          .ifPresent(last -> each.accept(last.getKey()));
    }
  }

  @Override
  public DotFun<V> vacated(ReplicaId by) {
    var left = new TreeMap<Dot, V>();
    values.forEach(
        (dot, value) -> {
          if (!dot.replica().equals(by)) { // its own it may end at once
            value.vacated().ifPresent(rest -> left.put(dot, rest));
          }
        });
    return of(left);
  }

  @Override
  public void forEachSettled(ReplicaId by, Consumer<Dot> each) {
    values.forEach(
        (dot, value) -> {
          if (dot.replica().equals(by) && value.isVacant()) {
            each.accept(dot);
          }
        });
  }

  @Override
  public DotFun<V> merge(
      CausalContext known, DotFun<V> other, CausalContext knownThere, DotChanges changes) {
    var merged = new TreeMap<Dot, V>();
    values.forEach(
        (dot, value) -> {
          var theirs = other.values.get(dot);
          if (theirs != null) {
            merged.put(dot, value.merge(theirs));
          } else if (knownThere.contains(dot)) {
            changes.removed(dot);
          } else {
            merged.put(dot, value);
          }
        });
    other.values.forEach(
        (dot, value) -> {
          if (!values.containsKey(dot) && !known.contains(dot)) {
            merged.put(dot, value);
            changes.added(dot);
          }
        });
    return of(merged);
  }

  @Override
  public DotFun<V> only(CausalContext kept) {
    var left = new TreeMap<>(values);
    left.keySet().removeIf(dot -> !kept.contains(dot));
    return of(left);
  }

  @Override
  public DotFun<V> without(CausalContext gone, DotChanges changes) {
    var left = new TreeMap<Dot, V>();
    values.forEach(
        (dot, value) -> {
          if (gone.contains(dot)) {
            changes.removed(dot);
          } else {
            left.put(dot, value);
          }
        });
    return of(left);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DotFun<?> that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
