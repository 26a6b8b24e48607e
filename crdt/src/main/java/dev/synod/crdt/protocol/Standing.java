package dev.synod.crdt.protocol;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has a replica, as a consensus group has decided it, and what all of them have merged. Each
 * decision makes a new one, with a higher number; whoever knows one may pass it on.
 *
 * @param number how many decisions were made
 * @param generation how often all members were found to have merged the same changes, the {@code
 *     stable} ones. What all know to be gone is dropped in between; so members of different
 *     generations do not hear each other
 * @param nextId the id that the next replica gets; none from there on was ever given
 * @param stable of each replica, up to which of its changes all members had merged all
 * @param members the replicas, by the addresses of their nodes
 * @param gone replicas that will make no more changes, while it is not known that all members have
 *     merged the same ones of theirs
 * @param settled how many changes all members have of replicas that are gone for ever; what these
 *     changed later is known to them alone. Kept of the last thousand of them
 * @param settledFrom the lowest id of which that is kept
 */
public record Standing(
    long number,
    long generation,
    int nextId,
    VersionVector stable,
    SortedMap<String, ReplicaId> members,
    SortedSet<ReplicaId> gone,
    VersionVector settled,
    int settledFrom) {

  /** Stands in vectors for all replicas that are gone for ever. It is nobody's id. */
  public static final ReplicaId SETTLED = new ReplicaId(0);

  /** Nobody decides: ids are drawn, and nothing is known to be gone. */
  public static final Standing NONE =
      new Standing(
          0,
          0,
          0,
          VersionVector.EMPTY,
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          VersionVector.EMPTY,
          0);

  public Standing {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
  }

  /** Whether that one is a member. */
  public boolean has(ReplicaId replica) {
    return members.containsValue(replica);
  }

  /** The replica at that node. */
  public Optional<ReplicaId> at(String node) {
    return Optional.ofNullable(members.get(node));
  }

  /**
   * Whether all members have merged all that this replica's changes ever come to: then there is no
   * need to tell what of them one has.
   */
  public boolean isSettled(ReplicaId replica) {
    return replica.number() < nextId
        && !replica.equals(SETTLED)
        && !gone.contains(replica)
        && !has(replica);
  }

  /**
   * The vector with one entry for all replicas that are settled, as members have the same of all of
   * them. Whoever has only begun to be a member has none of it.
   */
  public VersionVector folded(VersionVector vector) {
    var left = nextId == 0 ? vector : vector.without(this::isSettled);
    return left.size() == vector.size() ? vector : left.with(new Dot(SETTLED, 1));
  }

  /**
   * The same for a value's version, but for changes that not all members have: a value may come
   * before all that its changes follow, and so before they count as merged. Replicas stay different
   * there until all have the value.
   */
  public VersionVector foldedVersion(VersionVector version) {
    var left =
        version.without(
            it -> isSettled(it) && version.get(it) <= changesOf(it).orElse(Dot.COUNTER_MAX));
    return left.size() == version.size() ? version : left.with(new Dot(SETTLED, 1));
  }

  /**
   * The folded vector with its generation, for a token: who is behind has less of what it names.
   */
  public VersionVector dated(VersionVector folded) {
    return folded.get(SETTLED) == 0 || generation == 0
        ? folded
        : folded.with(new Dot(SETTLED, generation));
  }

  /**
   * How many changes all members have of a replica that is gone for ever; none as long as they may
   * have different ones, or if that is not kept any more.
   */
  public OptionalLong changesOf(ReplicaId replica) {
    return isSettled(replica) && replica.number() >= settledFrom
        ? OptionalLong.of(settled.get(replica))
        : OptionalLong.empty();
  }

  /**
   * Whether a member that has merged these changes has all that is left of what one had merged that
   * is gone. Of others that are gone, too, that is what all had: what only some have is not waited
   * for.
   *
   * @param before what that one had merged
   */
  public boolean isInPlaceOf(VersionVector merged, VersionVector before) {
    boolean[] has = {true};
    before.forEach(
        (replica, number) -> {
          if (has(replica)) {
            has[0] &= number <= merged.get(replica);
          } else if (gone.contains(replica)) {
            has[0] &= Math.min(number, stable.get(replica)) <= merged.get(replica);
          } else {
            has[0] &= stable.get(SETTLED) <= merged.get(SETTLED);
          }
        });
    return has[0];
  }

  /** Whether a member that has merged these changes has all those. */
  public boolean covers(VersionVector merged, VersionVector changes) {
    boolean[] covers = {true};
    changes.forEach(
        (replica, number) -> {
          if (replica.equals(SETTLED)) {
            covers[0] &= merged.get(SETTLED) > 0 && number <= Math.max(1, generation);
            return;
          }
          boolean isGone = nextId > 0 && isSettled(replica);
          covers[0] &=
              isGone
                  ? merged.get(SETTLED) > 0 && number <= changesOf(replica).orElse(0)
                  : number <= merged.get(replica);
        });
    return covers[0];
  }
}
