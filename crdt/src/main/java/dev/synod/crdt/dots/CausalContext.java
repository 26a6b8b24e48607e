package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dots that are known: a version vector, and a cloud of dots beyond it (Almeida et al. 2018,
 * §7.2). Both are kept as runs of dots that follow each other, of each replica; those that begin
 * with 1 are the vector. The same dots always make the same runs, and a delta of thousand changes
 * in a row is one run.
 */
public final class CausalContext implements Lattice<CausalContext> {

  public static final CausalContext EMPTY = new CausalContext(new int[0], new long[0], new long[0]);

  /** Told each run of dots. */
  @FunctionalInterface
  public interface EachRun {
    void run(ReplicaId replica, long first, long last);
  }

  // Ascending by replica, then by first; runs of a replica neither meet nor touch each other.
  private final int[] replicas;
  private final long[] firsts;
  private final long[] lasts;

  private CausalContext(int[] replicas, long[] firsts, long[] lasts) {
    this.replicas = replicas;
    this.firsts = firsts;
    this.lasts = lasts;
  }

  public static CausalContext of(Dot dot) {
    return new CausalContext(
        new int[] {dot.replica().number()}, new long[] {dot.counter()}, new long[] {dot.counter()});
  }

  /** That dot and all before it of its replica. */
  public static CausalContext upTo(Dot dot) {
    return new CausalContext(
        new int[] {dot.replica().number()}, new long[] {1}, new long[] {dot.counter()});
  }

  /** The dots, in any order. */
  public static CausalContext of(Collection<Dot> dots) {
    var ascending = new ArrayList<>(dots);
    ascending.sort(null);
    var runs = new RunList(ascending.size());
    ascending.forEach(dot -> runs.add(dot.replica().number(), dot.counter(), dot.counter()));
    return runs.toContext();
  }

  /** Takes the arrays over, of runs in their order. */
  static CausalContext ofRuns(int[] replicas, long[] firsts, long[] lasts) {
    return replicas.length == 0 ? EMPTY : new CausalContext(replicas, firsts, lasts);
  }

  public boolean isEmpty() {
    return replicas.length == 0;
  }

  /** How many runs it takes to tell all dots. */
  public int runs() {
    return replicas.length;
  }

  /** The last run that begins at or before the dot; -1 if there is none. */
  private int runBefore(int replica, long counter) {
    int low = 0;
    int high = replicas.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before =
          replicas[middle] < replica || (replicas[middle] == replica && firsts[middle] <= counter);
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    return low - 1;
  }

  public boolean contains(Dot dot) {
    int replica = dot.replica().number();
    int at = runBefore(replica, dot.counter());
    return at >= 0 && replicas[at] == replica && dot.counter() <= lasts[at];
  }

  /** The replica's next dot, after all that are known of it. */
  public Dot next(ReplicaId replica) {
    int at = runBefore(replica.number(), Long.MAX_VALUE);
    boolean known = at >= 0 && replicas[at] == replica.number();
    return new Dot(replica, known ? lasts[at] + 1 : 1);
  }

  public CausalContext with(Dot dot) {
    return contains(dot) ? this : merge(of(dot));
  }

  /** All dots of both; linear in the runs. */
  @Override
  public CausalContext merge(CausalContext other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    var union = new RunList(replicas.length + other.replicas.length);
    int mine = 0;
    int theirs = 0;
    while (mine < replicas.length || theirs < other.replicas.length) {
      if (isNext(mine, other, theirs)) {
        union.add(replicas[mine], firsts[mine], lasts[mine]);
        mine++;
      } else {
        union.add(other.replicas[theirs], other.firsts[theirs], other.lasts[theirs]);
        theirs++;
      }
    }
    return union.toContext();
  }

  private boolean isNext(int mine, CausalContext other, int theirs) {
    if (mine == replicas.length) {
      return false;
    }
    if (theirs == other.replicas.length || replicas[mine] < other.replicas[theirs]) {
      return true;
    }
    return replicas[mine] == other.replicas[theirs] && firsts[mine] <= other.firsts[theirs];
  }

  @Override
  public boolean isPartOf(CausalContext other) {
    for (int i = 0; i < replicas.length; i++) {
      int at = other.runBefore(replicas[i], firsts[i]);
      if (at < 0 || other.replicas[at] != replicas[i] || lasts[i] > other.lasts[at]) {
        return false;
      }
    }
    return true;
  }

  /** The dots that the other does not know; linear in the runs. */
  CausalContext without(CausalContext gone) {
    var rest = new RunList(replicas.length);
    int theirs = 0;
    for (int i = 0; i < replicas.length; i++) {
      long from = firsts[i];
      while (theirs < gone.replicas.length && gone.isBefore(theirs, replicas[i], from)) {
        theirs++;
      }
      while (theirs < gone.replicas.length
          && gone.replicas[theirs] == replicas[i]
          && gone.firsts[theirs] <= lasts[i]) {
        if (gone.firsts[theirs] > from) {
          rest.add(replicas[i], from, gone.firsts[theirs] - 1);
        }
        from = gone.lasts[theirs] + 1;
        if (from > lasts[i]) {
          break; // it may reach into the next run, too
        }
        theirs++;
      }
      if (from <= lasts[i]) {
        rest.add(replicas[i], from, lasts[i]);
      }
    }
    return rest.toContext();
  }

  /** Whether all of that run is before the dot. */
  private boolean isBefore(int run, int replica, long counter) {
    return replicas[run] < replica || (replicas[run] == replica && lasts[run] < counter);
  }

  /**
   * The dots in a range of their order.
   *
   * @param after the dot before the range; null if it has no beginning
   * @param upTo the last dot of the range; null if it has no end
   */
  CausalContext between(@Nullable Dot after, @Nullable Dot upTo) {
    var range = new RunList(replicas.length);
    for (int i = 0; i < replicas.length; i++) {
      long first = after == null ? firsts[i] : firstAfter(i, after);
      long last = upTo == null ? lasts[i] : lastUpTo(i, upTo);
      if (first <= last) {
        range.add(replicas[i], first, last);
      }
    }
    return range.toContext();
  }

  private long firstAfter(int run, Dot after) {
    int order = Integer.compare(replicas[run], after.replica().number());
    if (order != 0) {
      return order > 0 ? firsts[run] : Long.MAX_VALUE;
    }
    return Math.max(firsts[run], after.counter() + 1);
  }

  private long lastUpTo(int run, Dot upTo) {
    int order = Integer.compare(replicas[run], upTo.replica().number());
    if (order != 0) {
      return order < 0 ? lasts[run] : 0;
    }
    return Math.min(lasts[run], upTo.counter());
  }

  /** How many dots there are. */
  public long dots() {
    long sum = 0;
    for (int i = 0; i < replicas.length; i++) {
      sum = Math.min(Dot.COUNTER_MAX, sum + lasts[i] - firsts[i] + 1);
    }
    return sum;
  }

  public void forEach(Consumer<Dot> each) {
    forEachRun(
        (replica, first, last) -> {
          for (long counter = first; counter <= last; counter++) {
            each.accept(new Dot(replica, counter));
          }
        });
  }

  /** Goes through the runs in their order. */
  public void forEachRun(EachRun each) {
    for (int i = 0; i < replicas.length; i++) {
      each.run(new ReplicaId(replicas[i]), firsts[i], lasts[i]);
    }
  }

  /** Of each replica, all dots from its first one on without a gap. */
  public VersionVector vector() {
    var vector = VersionVector.EMPTY;
    for (int i = 0; i < replicas.length; i++) {
      if (firsts[i] == 1) {
        vector = vector.with(new Dot(new ReplicaId(replicas[i]), lasts[i]));
      }
    }
    return vector;
  }

  /** Whether dots are known of which earlier ones of the same replica are not. */
  public boolean hasGaps() {
    return Arrays.stream(firsts).anyMatch(first -> first != 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof CausalContext that
            && Arrays.equals(replicas, that.replicas)
            && Arrays.equals(firsts, that.firsts)
            && Arrays.equals(lasts, that.lasts));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(replicas) + Arrays.hashCode(firsts)) + Arrays.hashCode(lasts);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("[");
    forEachRun(
        (replica, first, last) ->
            text.append(text.length() > 1 ? " " : "")
                .append(replica + ":" + (first == last ? "" : first + "-") + last));
    return text.append(']').toString();
  }
}
