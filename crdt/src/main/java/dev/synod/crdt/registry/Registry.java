package dev.synod.crdt.registry;

import dev.synod.core.Invariants;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which replicas there are, and what all of them have merged: the rules of the group that decides
 * it. Immutable.
 *
 * <p>A change is <em>causally stable</em> once all members have merged it: nothing that is
 * concurrent with it can come any more from those who had not (Baquero, Almeida, Shoker: "Making
 * Operation-Based CRDTs Operation-Based", 2014, §4). That is known here from what the members
 * themselves report, whenever that is; no clock is asked. A report counts only if whoever made it
 * knew the present members: then nobody who has left can tell it anything more, and what members
 * have of a replica that is gone is all that they ever will have.
 *
 * @param number how many decisions were made
 * @param membersSince the number of the last decision that changed the members
 * @param generation how often all have reported
 * @param nextId the next replica's id
 * @param stable what all members had merged when they had last reported
 * @param members by their nodes' addresses
 * @param ready members that have reported since they are there: the others may lack what is stable
 * @param gone replicas that make no more changes, of which members may have different ones
 * @param settled how many changes all members have of replicas that are gone for ever
 * @param settledFrom the lowest id of which that is kept
 * @param reports what members have merged, of those that have said so in this generation
 */
public record Registry(
    long number,
    long membersSince,
    long generation,
    int nextId,
    VersionVector stable,
    SortedMap<String, Enrolled> members,
    SortedSet<ReplicaId> ready,
    SortedSet<ReplicaId> gone,
    VersionVector settled,
    int settledFrom,
    SortedMap<ReplicaId, VersionVector> reports) {

  /** Id 0 is nobody's: it is left to those who change values on behalf of a group. */
  private static final int FIRST_ID = 1;

  /** So many ids back it is kept what became of them. */
  static final int SETTLED_MAX = 1000;

  public static final Registry EMPTY =
      new Registry(
          0,
          0,
          0,
          FIRST_ID,
          VersionVector.EMPTY,
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          VersionVector.EMPTY,
          0,
          Collections.emptySortedMap());

  /**
   * A member.
   *
   * @param start tells one start of a node from another
   */
  public record Enrolled(ReplicaId id, long start) {}

  public Registry {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    ready = Collections.unmodifiableSortedSet(new TreeSet<>(ready));
    gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
    reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    for (var member : members.values()) {
      Invariants.check(
          member.id().number() < nextId && !gone.contains(member.id()),
          "%s is a member, but gone or not given yet",
          member.id());
    }
  }

  /** What the replicas need to know of it. */
  public Standing standing() {
    var ids = new TreeMap<String, ReplicaId>();
    members.forEach((node, member) -> ids.put(node, member.id()));
    return new Standing(number, generation, nextId, stable, ids, gone, settled, settledFrom);
  }

  /**
   * That node has started, with nothing in its memory, and gets an id that none had before. The one
   * that it had is gone. Asked again by the same start, it is the same id.
   */
  public Registry enrol(String node, long start) {
    var before = members.get(node);
    if (before != null && before.start() == start) {
      return this;
    }
    var then = new TreeMap<>(members);
    then.put(node, new Enrolled(new ReplicaId(nextId), start));
    var left = new TreeSet<>(gone);
    if (before != null) {
      left.add(before.id());
    }
    return withMembers(nextId + 1, then, left);
  }

  /**
   * That node's replica is not waited for any more, and not heard.
   *
   * @throws IllegalArgumentException if there is none, or no other that has what was stable
   */
  public Registry evict(String node) {
    var member = members.get(node);
    if (member == null) {
      throw new IllegalArgumentException(
          "no replica is at %s; they are at %s".formatted(node, members.keySet()));
    }
    boolean isLast = ready.contains(member.id()) && ready.size() == 1;
    if (members.size() == 1 || isLast) {
      throw new IllegalArgumentException(
          ("the replica at %s is the only one that is known to have all: it would be lost; try"
                  + " again once another has reported")
              .formatted(node));
    }
    var then = new TreeMap<>(members);
    then.remove(node);
    var left = new TreeSet<>(gone);
    left.add(member.id());
    return withMembers(nextId, then, left);
  }

  private Registry withMembers(
      int nextIdThen, SortedMap<String, Enrolled> then, SortedSet<ReplicaId> left) {
    var readyThen = new TreeSet<>(ready);
    readyThen.removeAll(left);
    boolean isLost = !ready.isEmpty() && readyThen.isEmpty(); // all who had it start anew
    return new Registry(
        number + 1,
        number + 1,
        generation,
        nextIdThen,
        isLost ? VersionVector.EMPTY : stable,
        then,
        readyThen,
        left,
        isLost ? VersionVector.EMPTY : settled,
        settledFrom,
        Collections.emptySortedMap());
  }

  /**
   * A member has merged that much, as a member of the standing of that number. Once all have said
   * so of one with the present members there is a next generation, if it tells anything new.
   */
  public Registry report(ReplicaId by, long standing, VersionVector changes) {
    var merged = standing().folded(changes);
    boolean isMember = members.values().stream().anyMatch(it -> it.id().equals(by));
    if (!isMember || !stable.isPartOf(merged)) {
      return this; // who lacks what was stable before has only begun to get it
    }
    var readyThen = new TreeSet<>(ready);
    readyThen.add(by);
    if (standing < membersSince) {
      return with(readyThen, reports); // it may be told more by who has left since
    }
    var heard = new TreeMap<>(reports);
    heard.merge(by, merged, VersionVector::merge);
    return heard.size() < members.size() ? with(readyThen, heard) : next(heard);
  }

  private Registry with(SortedSet<ReplicaId> readyThen, SortedMap<ReplicaId, VersionVector> heard) {
    return new Registry(
        number,
        membersSince,
        generation,
        nextId,
        stable,
        members,
        readyThen,
        gone,
        settled,
        settledFrom,
        heard);
  }

  /** All have reported. */
  private Registry next(SortedMap<ReplicaId, VersionVector> heard) {
    var merged = heard.values();
    var most = merged.stream().reduce(VersionVector.EMPTY, VersionVector::merge);
    var all = common(most, merged);
    var open = new TreeSet<ReplicaId>();
    for (var replica : gone) {
      if (all.get(replica) < most.get(replica)) {
        open.add(replica);
      }
    }
    var left = all.without(replica -> gone.contains(replica) && !open.contains(replica));
    var common = left.size() == all.size() ? all : left.with(new Dot(Standing.SETTLED, 1));
    var everybody = new TreeSet<>(heard.keySet());
    if (common.equals(stable) && open.equals(gone)) {
      return with(everybody, heard);
    }
    int from = Math.max(settledFrom, nextId - SETTLED_MAX);
    var kept = settled.without(replica -> replica.number() < from);
    for (var replica : gone) {
      boolean isNew = !open.contains(replica) && most.get(replica) > 0;
      kept = isNew ? kept.with(new Dot(replica, most.get(replica))) : kept;
    }
    return new Registry(
        number + 1,
        membersSince,
        generation + 1,
        nextId,
        common,
        members,
        everybody,
        open,
        kept,
        from,
        Collections.emptySortedMap());
  }

  /** Of each replica the lowest number. */
  private static VersionVector common(VersionVector most, Collection<VersionVector> merged) {
    var all = new VersionVector[] {VersionVector.EMPTY};
    most.forEach(
        (replica, highest) -> {
          long lowest = highest;
          for (var one : merged) {
            lowest = Math.min(lowest, one.get(replica));
          }
          if (lowest > 0) {
            all[0] = all[0].with(new Dot(replica, lowest));
          }
        });
    return all[0];
  }
}
