package dev.synod.crdt;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What somebody has seen and written, to be shown to whichever replica it turns to next. A replica
 * that has merged all of it shows nothing older: one reads one's own writes, reads do not go back,
 * and writes follow what was read before (Terry et al.: "Session Guarantees for Weakly Consistent
 * Replicated Data", 1994). It grows with the replicas that ever were, not with what was seen; as
 * bytes, such as for a cookie, by {@link dev.synod.crdt.wire.ClockCodecs#token}.
 *
 * @param shards of each shard of keys: of each replica, all changes up to a number; without empty
 *     ones at the end
 */
public record CausalToken(List<VersionVector> shards) implements Lattice<CausalToken> {

  /** Nothing was seen. */
  public static final CausalToken NONE = new CausalToken(List.of());

  public CausalToken {
    int size = shards.size();
    while (size > 0 && shards.get(size - 1).isEmpty()) {
      size--;
    }
    shards = List.copyOf(shards.subList(0, size));
  }

  /** Changes of keys that are not divided into shards. */
  public CausalToken(VersionVector changes) {
    this(List.of(changes));
  }

  /** Changes of one shard, counted from 0. */
  public static CausalToken of(int shard, VersionVector changes) {
    return NONE.with(shard, changes);
  }

  /** The changes of that shard. */
  public VersionVector changes(int shard) {
    return shard < shards.size() ? shards.get(shard) : VersionVector.EMPTY;
  }

  /** The same, but for that shard. */
  public CausalToken with(int shard, VersionVector changes) {
    if (changes.equals(changes(shard))) {
      return this;
    }
    var then = new ArrayList<>(shards);
    then.addAll(Collections.nCopies(Math.max(0, shard + 1 - then.size()), VersionVector.EMPTY));
    then.set(shard, changes);
    return new CausalToken(then);
  }

  /** Whether it names nothing. */
  public boolean isEmpty() {
    return shards.isEmpty();
  }

  @Override
  public CausalToken merge(CausalToken other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    int size = Math.max(shards.size(), other.shards.size());
    var merged = new ArrayList<VersionVector>(size);
    for (int shard = 0; shard < size; shard++) {
      merged.add(changes(shard).merge(other.changes(shard)));
    }
    return new CausalToken(merged);
  }

  @Override
  public boolean isPartOf(CausalToken other) {
    for (int shard = 0; shard < shards.size(); shard++) {
      if (!changes(shard).isPartOf(other.changes(shard))) {
        return false;
      }
    }
    return true;
  }
}
