package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.rules.Kind.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must be true of a {@link RegisteredWorld}, whatever happens in it. */
final class RegisteredChecks {

  private final RegisteredWorld world;
  private final Map<String, ReplicaId> added = new TreeMap<>(); // by whom
  private final Map<String, ReplicaId> gone = new TreeMap<>();
  private final Set<String> mayBeRemoved = new HashSet<>();
  private final Set<ReplicaId> forgotten = new HashSet<>();
  private final Map<ReplicaId, ReplicaId> successors = new HashMap<>();
  private final Map<ReplicaId, Long> evictedAt = new HashMap<>();
  final Set<String> seen = new TreeSet<>();
  private boolean isForgetful;

  RegisteredChecks(RegisteredWorld world) {
    this.world = world;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  Set<String> groupValue() {
    return Kind.value(world.group, Kind.SETS, RegisteredWorld.KEY).elements();
  }

  void wanted(Change change) {
    if (!change.adds()) {
      mayBeRemoved.add(change.element());
    }
  }

  /** That replica's memory is lost, or that of the one which makes its changes anew. */
  void isForgotten(ReplicaId replica) {
    isForgetful = true;
    forgotten.add(replica);
  }

  void isSucceeded(ReplicaId before, ReplicaId by) {
    successors.put(before, by);
  }

  /** What an evicted one had told others may be lost with these. */
  private boolean isLost(ReplicaId replica) {
    if (isForgetful && successors.containsKey(replica)) {
      return true;
    }
    var one = replica;
    while (one != null && !forgotten.contains(one)) {
      one = successors.get(one);
    }
    return one != null;
  }

  void doneByGroup(Change change, boolean wasThere) {
    seen.add("operated by the group");
    note(change, LadderState.GROUP, wasThere);
  }

  private void note(Change change, ReplicaId by, boolean wasThere) {
    wanted(change);
    if (change.adds()) {
      added.put(change.element(), by);
    } else if (wasThere) {
      gone.put(change.element(), by);
    }
  }

  /**
   * A node has done that on its own, and said so: only while the group does not serve, and on a
   * value that has all that the group did. One that was evicted and has not heard so can't know.
   */
  void done(RegisteredNode node, Change change, boolean wasThere) {
    note(change, node.replica.self(), wasThere);
    if (evictedAt.getOrDefault(node.ladder.replica(), 0L) > node.ladder.index()) {
      return;
    }
    var rung = world.group.rungs().of(RegisteredWorld.KEY);
    check(
        !rung.isIn(ConsistencyMode.LINEARIZABLE),
        node.name + " answers by itself while the group serves");
    for (var one : added.entrySet()) {
      boolean isOfGroup = one.getValue().equals(LadderState.GROUP);
      check(
          !isOfGroup
              || mayBeRemoved.contains(one.getKey())
              || node.elements().contains(one.getKey()),
          node.name + " answers without what the group has done: " + one.getKey());
    }
  }

  void applied(LadderCommand command, LadderState before) {
    if (command instanceof Evict evict) {
      var replica = before.rungs().members().get(evict.node());
      if (replica != null) {
        evictedAt.put(replica, world.index);
      }
    }
    var was = before.rungs().of(RegisteredWorld.KEY);
    var is = world.group.rungs().of(RegisteredWorld.KEY);
    boolean serves = is.isIn(ConsistencyMode.LINEARIZABLE);
    if (serves && !was.isIn(ConsistencyMode.LINEARIZABLE)) {
      seen.add("served");
      is.joined().forEach(this::hasJoined);
    } else if (!serves && was.isIn(ConsistencyMode.LINEARIZABLE)) {
      seen.add("published");
    }
  }

  /** Who counts as having handed in its value has handed in all that it had done. */
  private void hasJoined(ReplicaId replica) {
    for (var one : added.entrySet()) {
      check(
          !one.getValue().equals(replica)
              || mayBeRemoved.contains(one.getKey())
              || groupValue().contains(one.getKey()),
          "the group serves without %s of %s".formatted(one.getKey(), replica));
    }
  }

  /** All have heard of all. */
  void end() {
    var last = world.nodes.get(0).elements();
    for (var node : world.nodes) {
      check(node.elements().equals(last), "values differ: " + last + ", " + node.elements());
    }
    for (var one : added.entrySet()) {
      check(
          isLost(one.getValue())
              || mayBeRemoved.contains(one.getKey())
              || last.contains(one.getKey()),
          one.getKey() + " is lost");
    }
    for (var one : gone.entrySet()) {
      check(
          isLost(one.getValue()) || !last.contains(one.getKey()),
          one.getKey() + " was removed, and is there again");
    }
  }
}
