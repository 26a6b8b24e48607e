package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Keyed;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.protocol.Rung;
import dev.synod.crdt.ladder.rules.LadderTask.Join;
import dev.synod.crdt.ladder.rules.LadderTask.Take;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node knows of the group, and so what it may do with entities. It may be late: a fence is
 * not complete before this node has heard of it. Immutable.
 *
 * @param node its name
 * @param replica the id of its replica of the values
 * @param isMember whether the group knows it, as far as it has heard
 * @param rungs as after the last command that it has heard
 * @param index of that command in the group's log
 * @param own how far it has got with entities that ever moved
 * @param due what it has to do, by key
 */
public record LadderNode(
    String node,
    ReplicaId replica,
    boolean isMember,
    Rungs rungs,
    long index,
    PersistentMap<String, Own> own,
    SortedMap<String, LadderTask> due) {

  /**
   * How far a node has got with an entity.
   *
   * @param joined the last fence for which its value is handed in
   * @param taken from which index on the group's value is merged here
   */
  public record Own(long joined, long taken) {
    static final Own NOTHING = new Own(0, 0);
  }

  public LadderNode {
    due = Collections.unmodifiableSortedMap(new TreeMap<>(due));
  }

  /** A node that has just started. */
  public static LadderNode of(String node, ReplicaId replica) {
    return new LadderNode(
        node, replica, false, Rungs.NONE, 0, PersistentMap.empty(), Collections.emptySortedMap());
  }

  /**
   * The replica at this node is that one from now on: it begins with an empty memory, so it has
   * handed in nothing and taken nothing, and says hello first.
   */
  public LadderNode replaced(ReplicaId by) {
    return replica.equals(by)
        ? this
        : new LadderNode(
            node, by, false, rungs, index, PersistentMap.empty(), Collections.emptySortedMap());
  }

  /** What it has to say first, and whenever it is {@linkplain #isMember no member}. */
  public Hello hello() {
    return new Hello(node, replica);
  }

  /**
   * The group has answered a {@link #hello}, which stands at that index. Whoever has heard more has
   * heard of the hello, too, and maybe of an eviction since; and what was said to the replica
   * before does not make this one a member.
   */
  public LadderNode welcomed(Hello said, Welcome welcome, long at) {
    return at > index && said.equals(hello()) ? with(Rungs.of(welcome), true, at) : this;
  }

  /** The next command that the group has applied and not refused. */
  public LadderNode heard(LadderCommand command, long at) {
    if (at <= index) {
      return this;
    }
    var then = rungs.after(command, at);
    if (command instanceof Keyed keyed) {
      return new LadderNode(node, replica, isMember, then, at, own, due).looked(keyed.key());
    } else if (command instanceof Evict evict) {
      return with(then, isMember && !evict.node().equals(node), at);
    }
    if (command instanceof Hello other && other.node().equals(node)) {
      return with(then, command.equals(hello()), at); // one of one before: the group waits for that
    }
    return command instanceof Hello
        ? with(then, isMember, at)
        : new LadderNode(node, replica, isMember, then, at, own, due);
  }

  private LadderNode with(Rungs then, boolean isIn, long at) {
    var tasks = new TreeMap<String, LadderTask>();
    if (isIn) {
      then.byKey().forEach((key, rung) -> task(key, rung).ifPresent(it -> tasks.put(key, it)));
    }
    return new LadderNode(node, replica, isIn, then, at, own, tasks);
  }

  /** Its value is handed in for that fence. */
  public LadderNode joined(String key, long fence) {
    return with(key, new Own(Math.max(fence, ownOf(key).joined()), ownOf(key).taken()));
  }

  /** The group's value is merged here, as it was at that index or later. */
  public LadderNode taken(String key, long published) {
    return with(key, new Own(ownOf(key).joined(), Math.max(published, ownOf(key).taken())));
  }

  private Own ownOf(String key) {
    var known = own.get(key);
    return known == null ? Own.NOTHING : known;
  }

  private LadderNode with(String key, Own changed) {
    return new LadderNode(node, replica, isMember, rungs, index, own.with(key, changed), due)
        .looked(key);
  }

  /**
   * With what is to do about that key now. Nothing before its hello is heard: the group would take
   * what it hands in for that of a replica that nobody waits for.
   */
  private LadderNode looked(String key) {
    if (!isMember) {
      return this;
    }
    var task = task(key, rungs.of(key));
    if (task.equals(Optional.ofNullable(due.get(key)))) {
      return this;
    }
    var tasks = new TreeMap<>(due);
    tasks.remove(key);
    task.ifPresent(it -> tasks.put(key, it));
    return new LadderNode(node, replica, isMember, rungs, index, own, tasks);
  }

  private Optional<LadderTask> task(String key, Rung rung) {
    if (rung.isFenced()) {
      return ownOf(key).joined() < rung.fence()
          ? Optional.of(new Join(key, rung.fence()))
          : Optional.empty();
    }
    return hasTaken(key, rung) ? Optional.empty() : Optional.of(new Take(key, rung.published()));
  }

  private boolean hasTaken(String key, Rung rung) {
    return ownOf(key).taken() >= rung.published();
  }

  /** Where an operation on that entity is done. */
  public Route update(String key) {
    var rung = rungs.of(key);
    return rung.isMoving()
        ? new Route.Nowhere(
            Reason.MOVING, "it moves to %s and waits for %s".formatted(rung.mode(), rung.waiting()))
        : read(key);
  }

  /** Where that entity is read; while it moves up, the group knows whether it serves already. */
  public Route read(String key) {
    var rung = rungs.of(key);
    if (!isMember) {
      return new Route.Nowhere(Reason.STARTING, "this node has not heard of the group yet");
    } else if (rung.isFenced()) {
      return new Route.Group();
    }
    return hasTaken(key, rung)
        ? new Route.Here(rung.mode())
        : new Route.Nowhere(Reason.MOVING, "the group's value is not merged here yet");
  }

  /** Whether that entity has arrived, also here, where nothing keeps it from serving. */
  public boolean hasArrived(String key, ConsistencyMode mode) {
    var rung = rungs.of(key);
    return isMember && rung.isIn(mode) && (rung.isFenced() || hasTaken(key, rung));
  }
}
