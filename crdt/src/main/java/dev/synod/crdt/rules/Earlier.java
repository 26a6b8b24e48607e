package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.dots.DotStore;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.lattice.PersistentMap;
import dev.synod.crdt.protocol.KeptRecord.Joined;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Mark;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a replica's own changes came to that it keeps one by one no longer, as far as members may
 * lack them: of each key all in one, and by which of them each dot was written. So one that was
 * evicted can make anew what the others lack, and brings back nothing that they had: that may have
 * been removed, and be forgotten. Immutable; takes room by what is alive of it, and by which dots
 * it ended.
 *
 * @param settled the number of the last change of which nothing is known here
 * @param keys what those behind it came to
 */
record Earlier(long settled, PersistentMap<String, Part<?>> keys) {

  /** So many dots of a key more are written before it is looked which of them count. */
  private static final int UNCHECKED = 32;

  /** About how many bytes a mark has in a record. */
  private static final int MARK_BYTES = 8;

  /**
   * Of one key.
   *
   * @param change all in one, but for the recent ones
   * @param joined how many these are
   * @param recent the others in one. They are joined to the rest once they are as many as the root
   *     of these: it takes a time by what all have ended
   * @param fresh how many they are
   * @param last the number of the last one
   * @param written by which change each dot was written last; some may not be alive any more
   * @param checked how many of them counted when that was looked up last
   */
  record Part<T extends Lattice<T>>(
      Inherited<T> change,
      long joined,
      T recent,
      int fresh,
      long last,
      PersistentMap<Dot, Long> written,
      int checked) {

    /** Nothing is known yet of what wrote its dots. */
    static <T extends Lattice<T>> Part<T> unmarked(Inherited<T> change, long last, int checked) {
      var none = change.family().empty();
      return new Part<>(change, 1, none, 0, last, PersistentMap.empty(), checked);
    }

    static <T extends Lattice<T>> Part<T> of(Inherited<T> change, long number) {
      return unmarked(change, number, 0).marked(change.delta(), number);
    }

    private Part<T> with(PersistentMap<Dot, Long> marks) {
      return new Part<>(change, joined, recent, fresh, last, marks, checked);
    }

    @SuppressWarnings("unchecked") // of one key, and so of one family
    Part<T> with(Inherited<?> next, long number) {
      var delta = ((Inherited<T>) next).delta();
      var later = recent.merge(delta);
      var more = new Part<>(change, joined, later, fresh + 1, number, written, checked);
      return more.marked(delta, number);
    }

    /** The same, in as little room as is worth the time. */
    Part<T> tidied(KeySpace values) {
      return (long) fresh * fresh > joined ? whole().checked(values) : this;
    }

    /** With the recent ones among the others. */
    Part<T> whole() {
      if (fresh == 0) {
        return this;
      }
      var none = change.family().empty();
      var all = new Inherited<>(change.family(), change.key(), change.delta().merge(recent));
      return new Part<>(all, joined + fresh, none, 0, last, written, checked);
    }

    private Part<T> marked(T delta, long number) {
      var all = new ArrayList<Mark>();
      if (delta instanceof Dotted<?, ?> dotted) {
        dotted.state().store().forEach(dot -> all.add(new Mark(dot, number)));
      }
      return marked(all);
    }

    private Part<T> marked(List<Mark> marks) {
      var all = written;
      for (var mark : marks) {
        all = all.with(mark.dot(), mark.number());
      }
      return with(all);
    }

    /** What others have removed of it is gone; what they took the place of still counts. */
    Part<T> counting(KeySpace values) {
      if (!(change.delta() instanceof Dotted<?, ?> dotted)) {
        return this;
      }
      var entry = values.get(change.key());
      var dots = entry == null ? Set.<Dot>of() : dotsIn(dotted, entry.value());
      return only((dot, number) -> dots.contains(dot), Dotted::ending);
    }

    @SuppressWarnings("unchecked") // of one key, and so of one family
    private static <D extends Dotted<D, S>, S extends DotStore<S>> Set<Dot> dotsIn(
        Dotted<D, S> delta, Lattice<?> value) {
      return delta.dotsIn((D) value);
    }

    /** The same, if there may be many others. */
    private Part<T> checked(KeySpace values) {
      if (written.size() <= 2 * checked + UNCHECKED) {
        return this;
      }
      var left = counting(values);
      int counted = left.written.size();
      return new Part<>(left.change, joined, recent, fresh, last, left.written, counted);
    }

    /** As if changes up to that one had written nothing: the others had that. */
    Part<T> after(long settled) {
      return only((dot, number) -> number > settled, Dotted::forgetting);
    }

    private Part<T> only(
        BiPredicate<Dot, Long> dots, BiFunction<Dotted<?, ?>, List<Dot>, Object> without) {
      if (!(change.delta() instanceof Dotted<?, ?> dotted)) {
        return this; // of such a value nothing is ever forgotten
      }
      var left = new ArrayList<Mark>();
      written.forEach(
          (dot, number) -> {
            if (dots.test(dot, number)) {
              left.add(new Mark(dot, number));
            }
          });
      if (left.size() == written.size()) {
        return this;
      }
      @SuppressWarnings("unchecked") // of its own type
      var less = (T) without.apply(dotted, left.stream().map(Mark::dot).toList());
      var rest = new Inherited<>(change.family(), change.key(), less);
      int counted = Math.min(checked, left.size());
      return new Part<>(rest, joined, recent, fresh, last, none(), counted).marked(left);
    }

    private static PersistentMap<Dot, Long> none() {
      return PersistentMap.empty();
    }

    boolean isNothing() {
      return change.delta() instanceof Dotted<?, ?> dotted && dotted.state().context().isEmpty();
    }

    Joined kept() {
      var marks = new ArrayList<Mark>();
      written.forEach((dot, number) -> marks.add(new Mark(dot, number)));
      return new Joined(change.kept(), last, checked, marks);
    }
  }

  /** Nothing is known of changes up to that one, and none are behind it. */
  static Earlier behind(long settled) {
    return new Earlier(settled, PersistentMap.empty());
  }

  private Earlier with(String key, Part<?> part) {
    return new Earlier(settled, keys.with(key, part));
  }

  /**
   * With the next change.
   *
   * @param values as they are by now
   */
  Earlier with(long number, OwnChange<?> next, KeySpace values) {
    var before = keys.get(next.key());
    var change = next.inherited();
    var part = before == null ? Part.of(change, number) : before.with(change, number);
    return with(next.key(), part.tidied(values));
  }

  /** All members have the changes up to that one. */
  Earlier settled(long upTo) {
    if (upTo <= settled) {
      return this;
    }
    var left = behind(upTo);
    for (var part : parts()) {
      left = part.last() > upTo ? left.with(part.change().key(), part.whole().after(upTo)) : left;
    }
    return left;
  }

  private List<Part<?>> parts() {
    var parts = new ArrayList<Part<?>>();
    keys.forEach((key, part) -> parts.add(part));
    return parts;
  }

  /** What those after that number came to, for another replica to make; a change of each key. */
  List<Inherited<?>> changesAfter(long number, KeySpace values) {
    var changes = new ArrayList<Inherited<?>>();
    parts().stream()
        .filter(it -> it.last() > number)
        .sorted(Comparator.comparingLong(Part::last))
        .map(it -> it.whole().after(number).counting(values))
        .filter(it -> !it.isNothing())
        .forEach(it -> changes.add(it.change()));
    return changes;
  }

  /**
   * As it is kept.
   *
   * @param bytesMax about how many bytes one record has; a single key may take more
   */
  void kept(int bytesMax, Consumer<? super Unsettled> each) {
    var some = new ArrayList<Joined>();
    long bytes = 0;
    for (var part : parts()) {
      if (bytes >= bytesMax) {
        each.accept(new Unsettled(settled, some));
        some.clear();
        bytes = 0;
      }
      var kept = part.whole().kept();
      some.add(kept);
      bytes += kept.change().key().length() + (long) kept.change().delta().length();
      bytes += (long) MARK_BYTES * kept.written().size();
    }
    each.accept(new Unsettled(settled, some));
  }

  /**
   * With what was kept of some keys.
   *
   * @param change of one key, as it was kept
   */
  Earlier with(Unsettled kept, Function<KeyedChange, Inherited<?>> change) {
    var all = new Earlier(kept.settled(), keys);
    for (var joined : kept.keys()) {
      all = all.with(joined.change().key(), part(change.apply(joined.change()), joined));
    }
    return all;
  }

  private static <T extends Lattice<T>> Part<T> part(Inherited<T> change, Joined kept) {
    return Part.unmarked(change, kept.last(), kept.checked()).marked(kept.written());
  }
}
