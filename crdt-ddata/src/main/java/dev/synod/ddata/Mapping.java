package dev.synod.ddata;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.OrMap;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.Written;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.ddata.ImportedContent.Place;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.PNCounter;
import org.apache.pekko.cluster.ddata.ReplicatedData;

/**
 * A key of Distributed Data, the key here that its value goes to, and what becomes of it on the
 * way.
 *
 * @param <D> the type there
 * @param <T> the type here
 */
public final class Mapping<D extends ReplicatedData, T extends Lattice<T>> {

  private final Key<D> from;
  private final Class<? super D> type;
  private final Family<T> family;
  private final String to;
  private final Function<D, UnaryOperator<T>> change;

  private Mapping(
      Key<D> from,
      Class<? super D> type,
      Family<T> family,
      String to,
      Function<D, UnaryOperator<T>> change) {
    this.from = from;
    this.type = type;
    this.family = family;
    this.to = to;
    this.change = change;
  }

  /**
   * A counter that only grows. The counter here has, besides what is counted here, the most that
   * was ever read.
   *
   * @param from the key there
   * @param family of the key here
   * @param to the key here
   */
  public static Mapping<org.apache.pekko.cluster.ddata.GCounter, GCounter> gCounter(
      Key<org.apache.pekko.cluster.ddata.GCounter> from, Family<GCounter> family, String to) {
    return new Mapping<>(
        from,
        org.apache.pekko.cluster.ddata.GCounter.class,
        family,
        to,
        counter -> {
          long total = counter.getValue().longValueExact();
          return here -> ImportedCounts.gCounter(here, total);
        });
  }

  /**
   * A counter that goes up and down. The counter here has, besides what is counted here, what was
   * read last.
   *
   * @param from the key there
   * @param family of the key here
   * @param to the key here
   */
  public static Mapping<PNCounter, PnCounter> pnCounter(
      Key<PNCounter> from, Family<PnCounter> family, String to) {
    return new Mapping<>(
        from,
        PNCounter.class,
        family,
        to,
        counter -> {
          long value = counter.getValue().longValueExact();
          return here -> ImportedCounts.pnCounter(here, value);
        });
  }

  /**
   * A set. Imported once.
   *
   * @param from the key there
   * @param family of the key here; its codec must know the elements
   * @param to the key here
   */
  public static <E> Mapping<ORSet<E>, AddWinsSet<E>> orSet(
      Key<ORSet<E>> from, Family<AddWinsSet<E>> family, String to) {
    return new Mapping<>(
        from,
        ORSet.class,
        family,
        to,
        set -> {
          var places = new ArrayList<Place<E, DotSet>>();
          set.getElements().forEach(it -> places.add(new Place<>(it, DotSet::of)));
          var content =
              ImportedContent.of(places, causal -> family.codec().encode(new AddWinsSet<>(causal)));
          return here ->
              ImportedContent.isIn(here.state().context())
                  ? AddWinsSet.empty()
                  : new AddWinsSet<>(content);
        });
  }

  /**
   * A map of last writes, as a map of registers of which each has that one write. Its time is left
   * behind: a write here replaces what it has seen, whatever the clocks say. Imported once.
   *
   * @param from the key there
   * @param family of the key here; its codec must know the keys and values
   * @param to the key here
   */
  public static <K, V> Mapping<LWWMap<K, V>, OrMap<K, DotFun<Written<V>>>> lwwMap(
      Key<LWWMap<K, V>> from, Family<OrMap<K, DotFun<Written<V>>>> family, String to) {
    return new Mapping<>(
        from,
        LWWMap.class,
        family,
        to,
        map -> {
          var places = new ArrayList<Place<K, DotFun<Written<V>>>>();
          map.getEntries()
              .forEach(
                  (key, value) ->
                      places.add(new Place<>(key, dot -> DotFun.of(dot, new Written<>(value)))));
          var content =
              ImportedContent.of(places, causal -> family.codec().encode(new OrMap<>(causal)));
          return here ->
              ImportedContent.isIn(here.state().context()) ? OrMap.empty() : new OrMap<>(content);
        });
  }

  Key<D> from() {
    return from;
  }

  Family<T> family() {
    return family;
  }

  String to() {
    return to;
  }

  String expected() {
    return type.getSimpleName();
  }

  boolean isFor(ReplicatedData read) {
    return type.isInstance(read);
  }

  /**
   * From what was read to the delta that takes it over, as a function of the value here.
   *
   * @param read of a type that this {@link #isFor}
   * @throws ArithmeticException if a counter is above what a long holds
   * @throws IllegalArgumentException if an element can't be written
   * @throws ClassCastException if an element is not of the family's type
   */
  @SuppressWarnings("unchecked") // looked at before
  UnaryOperator<T> change(ReplicatedData read) {
    return change.apply((D) read);
  }
}
