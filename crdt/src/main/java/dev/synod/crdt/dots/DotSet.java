package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dots alone: what they say is that something happened. Few of them, in order. */
public final class DotSet implements DotStore<DotSet> {

  public static final DotSet EMPTY = new DotSet(new Dot[0]);

  private final Dot[] dots; // ascending

  private DotSet(Dot[] dots) {
    this.dots = dots;
  }

  public static DotSet of(Dot dot) {
    return new DotSet(new Dot[] {dot});
  }

  /** The dots in their order, each once. */
  public static DotSet of(Collection<Dot> dots) {
    return dots.isEmpty() ? EMPTY : new DotSet(new TreeSet<>(dots).toArray(new Dot[0]));
  }

  /** A new dot of that replica, which takes the place of all that are there. */
  public static Mutation<DotSet> renewing() {
    return new Mutation<>(
        EMPTY,
        (store, context, by) -> {
          var dot = context.next(by);
          return new Causal<>(of(dot), store.context().with(dot));
        });
  }

  /** Ends all dots that are there. */
  public static Mutation<DotSet> clearing() {
    return Mutation.clearing(EMPTY);
  }

  @Override
  public DotSet empty() {
    return EMPTY;
  }

  @Override
  public int dots() {
    return dots.length;
  }

  @Override
  public boolean isVacant() {
    return isEmpty();
  }

  public boolean contains(Dot dot) {
    return Arrays.binarySearch(dots, dot) >= 0;
  }

  @Override
  public void forEach(Consumer<Dot> each) {
    for (Dot dot : dots) {
      each.accept(dot);
    }
  }

  @Override
  public void forEachIn(DotSet there, Consumer<Dot> each) {
    var both = Arrays.stream(dots).filter(there::contains).toList();
    both.forEach(each);
    if (both.isEmpty() && !isEmpty() && !there.isEmpty()) {
      each.accept(dots[dots.length - 1]);
    }
  }

  @Override
  public DotSet vacated(ReplicaId by) {
    return EMPTY;
  }

  @Override
  public void forEachSettled(ReplicaId by, Consumer<Dot> each) {}

  @Override
  public DotSet merge(
      CausalContext known, DotSet other, CausalContext knownThere, DotChanges changes) {
    var merged = new Dot[dots.length + other.dots.length];
    int size = 0;
    for (int mine = 0, theirs = 0; mine < dots.length || theirs < other.dots.length; ) {
      int order = order(mine, other, theirs);
      if (order == 0) {
        merged[size++] = dots[mine++];
        theirs++;
      } else if (order < 0) {
        size += kept(dots[mine++], knownThere, merged, size, changes) ? 1 : 0;
      } else {
        var dot = other.dots[theirs++];
        if (!known.contains(dot)) {
          merged[size++] = dot;
          changes.added(dot);
        }
      }
    }
    return of(merged, size);
  }

  private static boolean kept(Dot dot, CausalContext gone, Dot[] into, int at, DotChanges changes) {
    if (gone.contains(dot)) {
      changes.removed(dot);
      return false;
    }
    into[at] = dot;
    return true;
  }

  private int order(int mine, DotSet other, int theirs) {
    if (mine == dots.length) {
      return 1;
    }
    return theirs == other.dots.length ? -1 : dots[mine].compareTo(other.dots[theirs]);
  }

  @Override
  public DotSet only(CausalContext kept) {
    return of(Arrays.stream(dots).filter(kept::contains).toList());
  }

  @Override
  public DotSet without(CausalContext gone, DotChanges changes) {
    var left = new Dot[dots.length];
    int size = 0;
    for (Dot dot : dots) {
      size += kept(dot, gone, left, size, changes) ? 1 : 0;
    }
    return of(left, size);
  }

  private static DotSet of(Dot[] room, int size) {
    return size == 0 ? EMPTY : new DotSet(size == room.length ? room : Arrays.copyOf(room, size));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DotSet that && Arrays.equals(dots, that.dots);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dots);
  }

  @Override
  public String toString() {
    return List.of(dots).toString();
  }
}
