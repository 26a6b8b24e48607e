package dev.synod.crdt.clock;

import dev.synod.crdt.lattice.Lattice;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A history: of each replica, all events up to a number (Parker et al.: "Detection of Mutual
 * Inconsistency in Distributed Systems", 1983). Immutable; two arrays, in the order of the
 * replicas.
 */
public final class VersionVector implements Lattice<VersionVector> {

  public static final VersionVector EMPTY = new VersionVector(new int[0], new long[0]);

  /** Told each replica with its number. */
  @FunctionalInterface
  public interface Each {
    void entry(ReplicaId replica, long counter);
  }

  private final int[] replicas; // ascending
  private final long[] counters; // all above 0

  private VersionVector(int[] replicas, long[] counters) {
    this.replicas = replicas;
    this.counters = counters;
  }

  /**
   * Takes both arrays over: the caller must not change them afterwards.
   *
   * @throws IllegalArgumentException unless replicas ascend and each has a counter above 0
   */
  public static VersionVector ofAscending(int[] replicas, long[] counters) {
    if (replicas.length != counters.length) {
      throw new IllegalArgumentException(
          "%d replicas with %d counters".formatted(replicas.length, counters.length));
    }
    for (int i = 0; i < replicas.length; i++) {
      if (replicas[i] < 0 || (i > 0 && replicas[i] <= replicas[i - 1])) {
        throw new IllegalArgumentException("replicas of a version vector that do not ascend");
      }
      if (counters[i] < 1 || counters[i] > Dot.COUNTER_MAX) {
        throw new IllegalArgumentException(
            "a version vector's counter is from 1 to %d, but got %d"
                .formatted(Dot.COUNTER_MAX, counters[i]));
      }
    }
    return replicas.length == 0 ? EMPTY : new VersionVector(replicas, counters);
  }

  /** Of that replica all events up to that one; the empty history if that is 0. */
  public static VersionVector of(ReplicaId replica, long counter) {
    return counter == 0 ? EMPTY : EMPTY.with(new Dot(replica, counter));
  }

  /** How many replicas have events in it. */
  public int size() {
    return replicas.length;
  }

  public boolean isEmpty() {
    return replicas.length == 0;
  }

  /** The number of the replica's last event here; 0 if there is none. */
  public long get(ReplicaId replica) {
    int at = Arrays.binarySearch(replicas, replica.number());
    return at < 0 ? 0 : counters[at];
  }

  /** Whether that event is part of this history. */
  public boolean contains(Dot dot) {
    return dot.counter() <= get(dot.replica());
  }

  /** The replica's next event. */
  public Dot next(ReplicaId replica) {
    return new Dot(replica, get(replica) + 1);
  }

  /** This history with one more event of the replica. */
  public VersionVector increment(ReplicaId replica) {
    return with(next(replica));
  }

  /** This history with the replica's events up to that one; this very vector if it has them. */
  public VersionVector with(Dot dot) {
    return with(dot.replica().number(), dot.counter());
  }

  private VersionVector with(int replica, long counter) {
    int at = Arrays.binarySearch(replicas, replica);
    if (at >= 0) {
      if (counter <= counters[at]) {
        return this;
      }
      var changed = counters.clone();
      changed[at] = counter;
      return new VersionVector(replicas, changed);
    }
    int insertAt = -at - 1;
    var then = new int[replicas.length + 1];
    var numbers = new long[replicas.length + 1];
    System.arraycopy(replicas, 0, then, 0, insertAt);
    System.arraycopy(counters, 0, numbers, 0, insertAt);
    then[insertAt] = replica;
    numbers[insertAt] = counter;
    System.arraycopy(replicas, insertAt, then, insertAt + 1, replicas.length - insertAt);
    System.arraycopy(counters, insertAt, numbers, insertAt + 1, counters.length - insertAt);
    return new VersionVector(then, numbers);
  }

  /** Of each replica the higher number; linear in the replicas. */
  @Override
  public VersionVector merge(VersionVector other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    if (other.size() == 1) {
      return with(other.replicas[0], other.counters[0]);
    }
    if (replicas == other.replicas || Arrays.equals(replicas, other.replicas)) {
      return mergeCounters(other);
    }
    var then = new int[replicas.length + other.replicas.length];
    var numbers = new long[then.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < replicas.length || theirs < other.replicas.length) {
      int order = order(mine, other, theirs);
      then[size] = order <= 0 ? replicas[mine] : other.replicas[theirs];
      long first = order <= 0 ? counters[mine++] : 0;
      long second = order >= 0 ? other.counters[theirs++] : 0;
      numbers[size++] = Math.max(first, second);
    }
    return new VersionVector(Arrays.copyOf(then, size), Arrays.copyOf(numbers, size));
  }

  /** Of those replicas of which this has more events than the other: their numbers here. */
  public VersionVector since(VersionVector other) {
    return without(replica -> get(replica) <= other.get(replica));
  }

  /** This history without the events of these replicas. */
  public VersionVector without(Predicate<ReplicaId> gone) {
    var then = new int[replicas.length];
    var numbers = new long[replicas.length];
    int size = 0;
    for (int i = 0; i < replicas.length; i++) {
      if (!gone.test(new ReplicaId(replicas[i]))) {
        then[size] = replicas[i];
        numbers[size++] = counters[i];
      }
    }
    if (size == replicas.length) {
      return this;
    }
    return size == 0
        ? EMPTY
        : new VersionVector(Arrays.copyOf(then, size), Arrays.copyOf(numbers, size));
  }

  private VersionVector mergeCounters(VersionVector other) {
    var merged = counters.clone();
    for (int i = 0; i < merged.length; i++) {
      merged[i] = Math.max(merged[i], other.counters[i]);
    }
    return new VersionVector(replicas, merged);
  }

  /** Which replica comes first, of those at the two places; an end comes last. */
  private int order(int mine, VersionVector other, int theirs) {
    if (mine == replicas.length) {
      return 1;
    }
    return theirs == other.replicas.length
        ? -1
        : Integer.compare(replicas[mine], other.replicas[theirs]);
  }

  /**
   * How the two histories relate: equal ones are {@link Causality#EQUAL}, not before each other.
   */
  public Causality compare(VersionVector other) {
    boolean more = false;
    boolean less = false;
    int mine = 0;
    int theirs = 0;
    while (mine < replicas.length || theirs < other.replicas.length) {
      int order = order(mine, other, theirs);
      long first = order <= 0 ? counters[mine++] : 0;
      long second = order >= 0 ? other.counters[theirs++] : 0;
      more |= first > second;
      less |= first < second;
    }
    if (more) {
      return less ? Causality.CONCURRENT : Causality.AFTER;
    }
    return less ? Causality.BEFORE : Causality.EQUAL;
  }

  @Override
  public boolean isPartOf(VersionVector other) {
    int theirs = 0;
    for (int mine = 0; mine < replicas.length; mine++) {
      while (theirs < other.replicas.length && other.replicas[theirs] < replicas[mine]) {
        theirs++;
      }
      if (theirs == other.replicas.length
          || other.replicas[theirs] != replicas[mine]
          || other.counters[theirs] < counters[mine]) {
        return false;
      }
    }
    return true;
  }

  /** Goes through it in the order of the replicas. */
  public void forEach(Each each) {
    for (int i = 0; i < replicas.length; i++) {
      each.entry(new ReplicaId(replicas[i]), counters[i]);
    }
  }

  /**
   * The sum of all numbers.
   *
   * @throws ArithmeticException if it is above what a long holds
   */
  public long sum() {
    long sum = 0;
    for (long counter : counters) {
      sum = Math.addExact(sum, counter);
    }
    return sum;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof VersionVector that
            && Arrays.equals(replicas, that.replicas)
            && Arrays.equals(counters, that.counters));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(replicas) + Arrays.hashCode(counters);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("[");
    forEach(
        (replica, counter) ->
            text.append(text.length() > 1 ? " " : "").append(replica).append(':').append(counter));
    return text.append(']').toString();
  }
}
