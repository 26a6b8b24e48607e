package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;
import dev.synod.crdt.protocol.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A replica that comes back from its records (see {@link Recording}), one after the other.
 * Immutable.
 *
 * @param dots the highest number of a dot of its own of which nothing is kept
 * @param log its own changes that others may lack
 * @param inheritance changes of a replica before that it has to make anew
 * @param parts what was read last, if it is of what a next replica inherits
 */
public record Recovery(
    ReplicaId self,
    Standing standing,
    Families families,
    Limits limits,
    KeySpace keys,
    long dots,
    VersionVector merged,
    ChangeLog log,
    Inheritance inheritance,
    List<Inherits> parts,
    Elsewhere elsewhere) {

  /** Nobody's id: the records say which replica it is. */
  private static final ReplicaId NOBODY = Standing.SETTLED;

  /** Nothing was read yet. */
  public static Recovery of(ReplicaId self, List<Family<?>> families, Limits limits) {
    return empty(self, Standing.NONE, 0, new Families(families), limits);
  }

  /** The same for a replica whose id comes from a registry, and is in its records. */
  public static Recovery registered(List<Family<?>> families, Limits limits) {
    return of(NOBODY, families, limits);
  }

  private static Recovery empty(
      ReplicaId self, Standing standing, long dots, Families families, Limits limits) {
    return new Recovery(
        self,
        standing,
        families,
        limits,
        KeySpace.EMPTY,
        dots,
        VersionVector.EMPTY,
        ChangeLog.EMPTY,
        Inheritance.NONE,
        List.of(),
        Elsewhere.NOWHERE);
  }

  /** The same, of one shard of the keys. */
  public Recovery of(Shard shard) {
    return with(Elsewhere.of(shard));
  }

  private Recovery with(Elsewhere others) {
    return new Recovery(
        self, standing, families, limits, keys, dots, merged, log, inheritance, List.of(), others);
  }

  /** Whether no record said yet which replica it is: it never was one. */
  public boolean isNobody() {
    return self.equals(NOBODY);
  }

  /**
   * With what the next record says.
   *
   * @throws IllegalArgumentException if it can't be what this replica wrote, with these families
   */
  public Recovery with(KeptRecord kept) {
    if (kept instanceof Became became) {
      return withBecame(became);
    } else if (kept instanceof Inherits part) {
      return withInherits(part);
    } else if (isNobody()) {
      throw new IllegalArgumentException("no record says which replica it is");
    } else if (kept instanceof Own own) {
      return withOwn(family(own.key()), own);
    } else if (kept instanceof Anew anew) {
      return withAnew(anew.own());
    } else if (kept instanceof Merged values) {
      return withMerged(values);
    } else if (kept instanceof Stood stood) {
      return withStood(stood);
    } else if (kept instanceof Origin origin) {
      return withOrigin(origin);
    } else if (kept instanceof Unsettled unsettled) {
      return withUnsettled(unsettled);
    }
    return this;
  }

  private Recovery with(KeySpace changed, VersionVector mergedThen, ChangeLog changedLog) {
    return new Recovery(
        self,
        standing,
        families,
        limits,
        changed,
        dots,
        mergedThen,
        changedLog,
        inheritance,
        List.of(),
        elsewhere);
  }

  private Recovery with(Inheritance left) {
    return new Recovery(
        self, standing, families, limits, keys, dots, merged, log, left, List.of(), elsewhere);
  }

  private Recovery withBecame(Became became) {
    var standing = became.standing();
    if (became.self().equals(self) || standing.number() < 1 || !standing.has(became.self())) {
      throw new IllegalArgumentException(
          "%s becomes %s, which is no new member".formatted(self, became.self()));
    } else if (became.parts() > parts.size()) {
      throw new IllegalArgumentException(
          "%s inherits %d parts, of which %d are there"
              .formatted(became.self(), became.parts(), parts.size()));
    }
    var left = new ArrayList<Inherited<?>>();
    for (var part : parts.subList(parts.size() - became.parts(), parts.size())) {
      part.changes().forEach(it -> left.add(inherited(it)));
    }
    became.inherited().forEach(it -> left.add(inherited(it)));
    return empty(became.self(), standing, became.dots(), families, limits)
        .with(new Inheritance(List.copyOf(left), became.follows(), became.anew()))
        .of(elsewhere.here());
  }

  /** Some may be of an earlier try: after a crash what they belong to is missing. */
  private Recovery withInherits(Inherits part) {
    var more = new ArrayList<>(parts);
    more.add(part);
    return new Recovery(
        self, standing, families, limits, keys, dots, merged, log, inheritance, more, elsewhere);
  }

  private Inherited<?> inherited(KeyedChange change) {
    return Inherited.of(family(change.key()), change);
  }

  private Recovery withUnsettled(Unsettled kept) {
    if (log.first() <= log.last() || kept.settled() >= log.last()) {
      throw new IllegalArgumentException("what earlier changes came to is behind later ones");
    }
    return with(keys, merged, log.with(log.earlier().with(kept, this::inherited)));
  }

  private Recovery withStood(Stood stood) {
    var next = stood.standing();
    if (!next.has(self) || next.number() <= standing.number()) {
      throw new IllegalArgumentException(
          "%s took a standing that is not its next one".formatted(self));
    }
    var then = Sweep.at(replication(0), next);
    return new Recovery(
        self,
        next,
        families,
        limits,
        then.keys(),
        then.dots(),
        then.merged(),
        then.outgoing().log(),
        inheritance,
        List.of(),
        elsewhere);
  }

  private Recovery withOrigin(Origin origin) {
    if (keys.size() > 0 || log.last() > 0) {
      throw new IllegalArgumentException("a snapshot begins behind other records");
    }
    return with(keys, merged, ChangeLog.beginningAt(origin.firstKept()));
  }

  private Recovery withAnew(Own own) {
    if (inheritance.isEmpty() || !inheritance.changes().get(0).key().equals(own.key())) {
      throw new IllegalArgumentException(
          "own change %d is made anew, and was not inherited".formatted(own.number()));
    }
    var made = withOwn(family(own.key()), own);
    return made.with(inheritance.made(1, own.number()));
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
    var change =
        new OwnChange<>(
            own.key(), family, delta, own.delta(), own.after(), own.elsewhere(), own.era());
    int kept = limits.changesKept();
    var longer = standing.number() > 0 ? log.with(change, kept, changed) : log.with(change, kept);
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
        standing,
        families,
        limits,
        keys,
        dots,
        merged,
        new Outgoing(self, limits, log, Collections.emptySortedMap(), standing.number() > 0),
        Held.NONE,
        Optional.empty(),
        questions,
        elsewhere.parted());
  }
}
