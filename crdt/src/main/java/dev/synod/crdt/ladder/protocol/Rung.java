package dev.synod.crdt.ladder.protocol;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where an entity stands on the ladder.
 *
 * @param mode that it is in, or moves to
 * @param before the mode that it moves from; equal to the mode once it has arrived
 * @param fence the log index of the last move; what belongs to an earlier one does not count
 * @param published the log index from which on the group's value has to be merged by whoever
 *     changes the entity locally; 0 if there is none
 * @param waiting nodes that have not handed in their values yet; the entity is moving while there
 *     are any
 * @param joined replicas that have handed in their values since the fence, and so have stopped
 */
public record Rung(
    ConsistencyMode mode,
    ConsistencyMode before,
    long fence,
    long published,
    SortedSet<String> waiting,
    SortedSet<ReplicaId> joined) {

  /** Where every entity begins. */
  public static final Rung FIRST = at(ConsistencyMode.EVENTUAL, 0, 0);

  public Rung {
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
    joined = Collections.unmodifiableSortedSet(new TreeSet<>(joined));
  }

  /** One that has arrived in that mode. */
  public static Rung at(ConsistencyMode mode, long fence, long published) {
    return new Rung(
        mode, mode, fence, published, Collections.emptySortedSet(), Collections.emptySortedSet());
  }

  /** On the way to that mode, as soon as all these have handed in their values. */
  public Rung moving(ConsistencyMode to, long index, Collection<String> nodes) {
    var all = new TreeSet<>(nodes);
    return new Rung(to, mode, index, published, all, Collections.emptySortedSet()).orArrived(index);
  }

  /**
   * That replica has handed in its value.
   *
   * @param isLast whether its node does not have to do so any more
   */
  public Rung joined(String node, ReplicaId replica, boolean isLast, long index) {
    var all = new TreeSet<>(joined);
    all.add(replica);
    var rung = new Rung(mode, before, fence, published, waiting, all);
    return isLast ? rung.without(node, index) : rung;
  }

  /** That node is not waited for any more. */
  public Rung without(String node, long index) {
    if (!waiting.contains(node)) {
      return this;
    }
    var rest = new TreeSet<>(waiting);
    rest.remove(node);
    return new Rung(mode, before, fence, published, rest, joined).orArrived(index);
  }

  /**
   * That node's replica is that one. It is waited for, too, if the entity is moving and its replica
   * goes on; if that has stopped, the node is waited for no more, as it may have been for the sake
   * of a replica before, whose hello came late.
   */
  public Rung waitingFor(String node, ReplicaId replica, long index) {
    if (!isMoving()) {
      return this;
    } else if (joined.contains(replica)) {
      return without(node, index);
    }
    var more = new TreeSet<>(waiting);
    more.add(node);
    return new Rung(mode, before, fence, published, more, joined);
  }

  /** This, or what it is once nobody is waited for: nodes that go on need the group's value. */
  private Rung orArrived(long index) {
    return isMoving()
        ? this
        : new Rung(mode, mode, fence, mode.isLocal() ? index : published, waiting, joined);
  }

  /** Whether somebody has to hand in its value first. */
  public boolean isMoving() {
    return !waiting.isEmpty();
  }

  /** Whether nodes have stopped changing the entity, or are to stop. */
  public boolean isFenced() {
    return isMoving() || !mode.isLocal();
  }

  /** Whether it is in that mode, and not moving. */
  public boolean isIn(ConsistencyMode one) {
    return mode == one && !isMoving();
  }
}
