package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last of a replica's own changes, by number. Immutable. They are kept in chunks of {@link
 * #CHUNK}, so that one change more copies only the last chunk.
 */
final class ChangeLog {

  private static final int CHUNK_BITS = 5;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** Of a vector: five of a replica that was drawn, and some of a number. */
  private static final long ENTRY_BYTES = 8;

  static final ChangeLog EMPTY =
      new ChangeLog(PersistentMap.empty(), new OwnChange<?>[0], 1, 0, Earlier.behind(0));

  private final PersistentMap<Long, @Nullable OwnChange<?>[]> full; // chunks, by their numbers
  private final @Nullable OwnChange<?>[] tail; // the changes behind these
  private final long first;
  private final long last;
  private final Earlier earlier;

  /** Without changes; the next one has that number. */
  static ChangeLog beginningAt(long next) {
    var tail = new OwnChange<?>[placeIn(next)];
    return new ChangeLog(PersistentMap.empty(), tail, next, next - 1, Earlier.behind(next - 1));
  }

  private ChangeLog(
      PersistentMap<Long, @Nullable OwnChange<?>[]> full,
      @Nullable OwnChange<?>[] tail,
      long first,
      long last,
      Earlier earlier) {
    this.full = full;
    this.tail = tail;
    this.first = first;
    this.last = last;
    this.earlier = earlier;
  }

  /** What those before the first one came to. */
  Earlier earlier() {
    return earlier;
  }

  /** The same, if that is what those before the first one came to. */
  ChangeLog with(Earlier known) {
    return new ChangeLog(full, tail, first, last, known);
  }

  /** The number of the first one that is kept. */
  long first() {
    return first;
  }

  /** The number of the last one; below the first if none is kept. */
  long last() {
    return last;
  }

  /** Which chunk a change is in; that with the number 1 begins chunk 0. */
  private static long chunk(long number) {
    return (number - 1) >> CHUNK_BITS;
  }

  private static int placeIn(long number) {
    return (int) ((number - 1) & (CHUNK - 1));
  }

  /** With one more, of which no more than so many are kept. */
  ChangeLog with(OwnChange<?> change, int kept) {
    var log = longer(change);
    return log.withoutChunks(log.last - kept + 1);
  }

  /**
   * The same, and of those that are kept no more it is known what they came to.
   *
   * @param values with that change
   */
  ChangeLog with(OwnChange<?> change, int kept, KeySpace values) {
    var log = longer(change);
    long begin = log.last - kept + 1;
    var known = earlier;
    for (long number = log.first; number < begin; number++) {
      var gone = log.get(number);
      known = gone == null ? known : known.with(number, gone, values);
    }
    return log.withoutChunks(begin).with(known);
  }

  private ChangeLog longer(OwnChange<?> change) {
    var longer = Arrays.copyOf(tail, tail.length + 1);
    longer[tail.length] = change;
    return longer.length < CHUNK
        ? new ChangeLog(full, longer, first, last + 1, earlier)
        : new ChangeLog(full.with(chunk(last + 1), longer), EMPTY.tail, first, last + 1, earlier);
  }

  /** Begins there; of the chunk that it begins in nothing is left out. */
  private ChangeLog withoutChunks(long begin) {
    if (begin <= first) {
      return this;
    }
    var left = full;
    for (long chunk = chunk(first); chunk < chunk(begin); chunk++) {
      left = left.without(chunk);
    }
    return new ChangeLog(left, tail, begin, last, earlier);
  }

  /** Without those before that number, which is not above the next one: all others have them. */
  ChangeLog from(long number) {
    if (number - 1 <= earlier.settled()) {
      return this;
    }
    var known = earlier.settled(number - 1);
    if (number <= first) {
      return with(known);
    }
    var log = withoutChunks(number).with(known);
    int gone = placeIn(number);
    var changes = log.full.get(chunk(number));
    if (gone == 0) {
      return log;
    } else if (changes == null) {
      return new ChangeLog(log.full, from(log.tail, gone), number, last, known);
    }
    var cut = log.full.with(chunk(number), from(changes, gone));
    return new ChangeLog(cut, log.tail, number, last, known);
  }

  private static @Nullable OwnChange<?>[] from(@Nullable OwnChange<?>[] changes, int place) {
    var left = changes.clone();
    Arrays.fill(left, 0, place, null);
    return left;
  }

  /** The change of that number, if it is kept. */
  @Nullable OwnChange<?> get(long number) {
    if (number < first || number > last) {
      return null;
    }
    var changes = full.get(chunk(number));
    return (changes == null ? tail : changes)[placeIn(number)];
  }

  /** About how many bytes it takes to tell of that change; 0 if it is not kept. */
  long bytes(long number) {
    var change = get(number);
    return change == null ? 0 : change.encoded().length() + (long) change.key().length();
  }

  /** About how many bytes it takes to tell what that change follows; 0 if it is not kept. */
  long bytesOfFollowed(long number) {
    long entries = after(number).size();
    for (var elsewhere : elsewhere(number).shards()) {
      entries += elsewhere.size();
    }
    return entries * ENTRY_BYTES;
  }

  /** What was merged at this replica before that change; nothing if it is not kept. */
  VersionVector after(long number) {
    var change = get(number);
    return change == null ? VersionVector.EMPTY : change.after();
  }

  /** What it follows in other shards, if that is more than those before it do. */
  CausalToken elsewhere(long number) {
    var change = get(number);
    return change == null ? CausalToken.NONE : change.elsewhere();
  }

  /** Whether both changes are of one era, and so may go in one interval. */
  boolean isOneEra(long number, long other) {
    var one = get(number);
    var two = get(other);
    return one == null || two == null || one.era() == two.era();
  }

  /**
   * Those after that number for another replica to make, in their order, behind what those came to
   * that are not kept one by one.
   *
   * @param values as they are by now
   */
  List<Inherited<?>> changesAfter(long number, KeySpace values) {
    var kept = new ArrayList<>(earlier.changesAfter(number, values));
    for (long i = Math.max(first, number + 1); i <= last; i++) {
      var change = get(i);
      if (change != null) {
        kept.add(change.inherited());
      }
    }
    return kept;
  }

  /** A change of a key, or several that follow each other in one. */
  record Joined(OwnChange<?> change, long number) {}

  /** All changes of the interval, of each key in one, in the order of their last ones. */
  Map<String, Joined> between(long from, long to) {
    var joined = new LinkedHashMap<String, Joined>();
    for (long number = from; number <= to; number++) {
      var change = get(number);
      if (change != null) {
        var before = joined.remove(change.key());
        joined.put(change.key(), new Joined(change.after(before), number));
      }
    }
    return joined;
  }
}
