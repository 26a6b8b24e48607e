package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.Standing;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A replica that comes back from its records (see {@link Recording}), one after the other.
 * Immutable.
 *
 * @param log its own changes that others may lack
 */
public record Recovery(
    ReplicaId self,
    Families families,
    Limits limits,
    KeySpace keys,
    VersionVector merged,
    ChangeLog log,
    Elsewhere elsewhere) {

  /** Nothing was read yet. */
  public static Recovery of(ReplicaId self, List<Family<?>> families, Limits limits) {
    return new Recovery(
        self,
        new Families(families),
        limits,
        KeySpace.EMPTY,
        VersionVector.EMPTY,
        ChangeLog.EMPTY,
        Elsewhere.NOWHERE);
  }

  /** The same, of one shard of the keys. */
  public Recovery of(Shard shard) {
    return with(Elsewhere.of(shard));
  }

  private Recovery with(Elsewhere others) {
    return new Recovery(self, families, limits, keys, merged, log, others);
  }

  /**
   * With what the next record says.
   *
   * @throws IllegalArgumentException if it can't be what this replica wrote, with these families
   */
  public Recovery with(KeptRecord kept) {
    if (kept instanceof Own own) {
      return withOwn(family(own.key()), own);
    } else if (kept instanceof Merged values) {
      return withMerged(values);
    } else if (kept instanceof Origin origin) {
      return withOrigin(origin);
    }
    return this;
  }

  private Recovery with(KeySpace changed, VersionVector mergedThen, ChangeLog changedLog) {
    return new Recovery(self, families, limits, changed, mergedThen, changedLog, elsewhere);
  }

  private Recovery withOrigin(Origin origin) {
    if (keys.size() > 0 || log.last() > 0) {
      throw new IllegalArgumentException("a snapshot begins behind other records");
    }
    return with(keys, merged, ChangeLog.beginningAt(origin.firstKept()));
  }

  private <T extends Lattice<T>> Recovery withOwn(Family<T> family, Own own) {
    if (own.number() != log.last() + 1) {
      throw new IllegalArgumentException(
          "own change %d follows %d".formatted(own.number(), log.last()));
    }
    var delta = family.codec().decode(own.delta());
    var version = VersionVector.of(self, own.number());
    var entry = families.entry(family, own.key(), keys);
    var changed =
        version.isPartOf(entry.version())
            ? keys
            : keys.with(own.key(), entry.merge(delta, version));
    var longer =
        log.with(
            new OwnChange<>(
                own.key(), family, delta, own.delta(), own.after(), own.elsewhere(), own.era()),
            limits.changesKept());
    return with(changed, merged.with(new Dot(self, own.number())), longer)
        .with(elsewhere.recovered(own.elsewhere(), own.era()));
  }

  private Recovery withMerged(Merged kept) {
    var changed = keys;
    for (var value : kept.values()) {
      var known = changed.get(value.key());
      Entry<?> entry = known == null ? family(value.key()).first() : known;
      if (!value.version().isPartOf(entry.version())) {
        changed = changed.with(value.key(), entry.mergeBytes(value.value(), value.version()));
      }
    }
    return with(changed, merged.merge(kept.merged()), log)
        .with(elsewhere.recovered(kept.elsewhere(), 0));
  }

  private Family<?> family(String key) {
    return families
        .of(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("the key \"%s\" is kept here, and belongs to none of the families: start with"
                            + " all families that there were")
                        .formatted(key)));
  }

  /**
   * The replica, which has not met others yet.
   *
   * @param questions a number that is above those of all searches that it ever made
   */
  public Replication replication(long questions) {
    return new Replication(
        self,
        Standing.NONE,
        families,
        limits,
        keys,
        0,
        merged,
        new Outgoing(self, limits, log, Collections.emptySortedMap(), false),
        Held.NONE,
        Optional.empty(),
        questions,
        elsewhere.recovered());
  }
}
