package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.Standing;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drops what every member knows to be gone: values of which only removals are left, and what is
 * known of replicas that are gone for ever. Whoever has not dropped it is of another generation,
 * and is not heard.
 *
 * @param keys those that are left
 * @param dots the highest number of a dot of this replica of which nothing is known any more
 */
record Sweep(KeySpace keys, long dots) {

  /**
   * Sweeps all keys once.
   *
   * @param dots as before
   */
  static Sweep of(KeySpace keys, ReplicaId self, long dots, Standing standing) {
    var swept = new ArrayList<Swept>();
    keys.forEach(
        (key, entry) -> {
          var left = left(entry, standing);
          if (!entry.equals(left)) {
            swept.add(new Swept(key, entry, left));
          }
        });
    var rest = keys;
    long highest = dots;
    for (var one : swept) {
      if (one.left() == null) {
        highest = Math.max(highest, one.lastDotOf(self));
        rest = rest.without(one.key());
      } else {
        rest = rest.with(one.key(), one.left());
      }
    }
    return new Sweep(rest, highest);
  }

  /** See {@link Replication#at}. */
  static Replication at(Replication before, Standing next) {
    boolean isNewGeneration = next.generation() > before.standing().generation();
    var kept = before.outgoing().untilSettled();
    var sweep =
        isNewGeneration
            ? of(before.keys(), before.self(), before.dots(), next)
            : new Sweep(before.keys(), before.dots());
    return new Replication(
        before.self(),
        next,
        before.families(),
        before.limits(),
        sweep.keys(),
        sweep.dots(),
        next.folded(before.merged()),
        isNewGeneration ? kept.settled(next.stable().get(before.self())) : kept,
        isNewGeneration ? Held.NONE : before.held(),
        isNewGeneration ? Optional.empty() : before.search(),
        before.questions(),
        isNewGeneration ? before.elsewhere().withoutClaims() : before.elsewhere());
  }

  private record Swept(String key, Entry<?> before, @Nullable Entry<?> left) {
    long lastDotOf(ReplicaId self) {
      return before.value() instanceof Dotted<?, ?> dotted ? dotted.lastOf(self) : 0;
    }
  }

  /** What is left of it; null if nothing is. Versions are folded in any case. */
  private static <T extends Lattice<T>> @Nullable Entry<T> left(Entry<T> entry, Standing standing) {
    var version = standing.foldedVersion(entry.version());
    var value = entry.value();
    boolean isStable = version.isPartOf(standing.stable());
    if (entry.family().isSwept() && isStable && value instanceof Dotted<?, ?> dotted) {
      if (dotted.isBare() && isBare(entry.family().empty())) {
        return null;
      }
      if (dotted.knows(standing::isSettled)) {
        @SuppressWarnings("unchecked") // of its own type
        var less = (T) dotted.without(standing::isSettled);
        value = less;
      }
    }
    return new Entry<>(entry.family(), value, version);
  }

  private static boolean isBare(Lattice<?> value) {
    return value instanceof Dotted<?, ?> dotted && dotted.isBare();
  }

  /**
   * The value as its own replica is to see it before it changes it: its next dot is none that it
   * has used.
   */
  static <T extends Lattice<T>> T seenBy(ReplicaId self, long dots, T value) {
    if (dots == 0 || !(value instanceof Dotted<?, ?> dotted)) {
      return value;
    }
    @SuppressWarnings("unchecked") // of its own type
    var after = (T) dotted.after(self, dots);
    return after;
  }
}
