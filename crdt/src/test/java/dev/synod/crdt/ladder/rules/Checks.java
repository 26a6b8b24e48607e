package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Back;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.lattice.Lattice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must be true of a {@link LadderWorld}, whatever happens in it. */
final class Checks<T extends Lattice<T>, O> {

  private final LadderWorld<T, O> world;
  private final Map<ReplicaId, T> doneBy = new HashMap<>();
  private final Map<ReplicaId, Long> evictedAt = new HashMap<>();
  private final Set<String> handedIn = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private T kept;
  private T byGroup;
  private long added;
  private long subtracted;

  Checks(LadderWorld<T, O> world) {
    this.world = world;
    this.kept = world.kind.family().values().empty();
    this.byGroup = kept;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** That operation is going to be tried. */
  void drawn(O operation) {
    if (operation instanceof Kind.Change change && !change.adds()) {
      removed.add(change.element());
    }
  }

  /** A node has done that on its own, and said so. */
  void done(WorldNode<T, O> node, O operation, T delta) {
    count(operation);
    doneBy.merge(node.rules.replica(), delta, T::merge);
    read(node);
  }

  /**
   * A node has shown its own value. That is no answer while the group serves, nor before all that
   * the group did is in it; but a node that was evicted and has not heard so can't know.
   */
  void read(WorldNode<T, O> node) {
    if (evictedAt.getOrDefault(node.rules.replica(), 0L) > node.rules.index()) {
      return;
    }
    check(
        !world.rung().isIn(ConsistencyMode.LINEARIZABLE),
        node.rules.node() + " answers by itself while the group serves");
    check(
        byGroup.isPartOf(node.value),
        node.rules.node() + " answers without what the group has done");
  }

  private void count(O operation) {
    if (operation instanceof Long amount) {
      added += Math.max(0, amount);
      subtracted += Math.max(0, -amount);
    }
  }

  /** The group has applied a command. */
  @SuppressWarnings("unchecked") // operations are of the world's kind
  void applied(LadderCommand command, LadderReply reply, LadderState before) {
    var rung = world.rung();
    var was = before.rungs().of(world.kind.key());
    if (command instanceof Evict evict) {
      var replica = before.rungs().members().get(evict.node());
      if (replica != null) {
        evictedAt.put(replica, world.index);
      }
    } else if (command instanceof Back && reply instanceof Stands) {
      world.seen.add("given back");
    } else if (command instanceof Hello hello && evictedAt.containsKey(hello.replica())) {
      world.seen.add("evicted and back");
    } else if (command instanceof Joined joined && reply instanceof Stands) {
      world.seen.add(was.isMoving() ? "joined" : "joined late");
      var value = world.kind.family().values().codec().decode(joined.value());
      kept = kept.merge(value);
      if (value instanceof AddWinsSet<?> set) {
        set.elements().forEach(element -> handedIn.add((String) element));
      }
    } else if (command instanceof Operate operate && reply instanceof Operated) {
      world.seen.add("operated by the group");
      byGroup = world.groupValue();
      kept = kept.merge(byGroup);
      count((O) operate.operation());
      if (operate.operation() instanceof Kind.Change change && change.adds()) {
        handedIn.add(change.element());
      }
    }
    check(kept.isPartOf(world.groupValue()), "the group has lost what was handed in");
    boolean serves = rung.mode().needsGroup() && !rung.isMoving();
    boolean isTakenBack = was.isMoving() && was.fence() != rung.fence();
    if (serves && !isTakenBack && (was.isMoving() || !was.mode().needsGroup())) {
      allHaveJoined();
    }
  }

  private void allHaveJoined() {
    world.seen.add("served " + world.rung().mode());
    for (var node : world.nodes) {
      var replica = node.rules.replica();
      var mine = doneBy.get(replica);
      boolean isMember = replica.equals(world.group.rungs().members().get(node.rules.node()));
      check(
          !isMember || mine == null || mine.isPartOf(world.groupValue()),
          "the group serves without what " + node.rules.node() + " has done");
    }
  }

  /** After every step. */
  void always() {
    check(subtracted <= added, "%d were subtracted of %d".formatted(subtracted, added));
    if (world.groupValue() instanceof BoundedCounter group) {
      var all = group;
      isAbove(group);
      for (var node : world.nodes) {
        var counter = (BoundedCounter) node.value;
        isAbove(counter);
        all = all.merge(counter);
      }
      for (var transfer : all.rights().keySet()) {
        check(all.rightsOf(transfer.to()) >= 0, transfer.to() + " used rights of others");
        check(all.rightsOf(transfer.from()) >= 0, transfer.from() + " used rights of others");
      }
    }
  }

  private static void isAbove(BoundedCounter counter) {
    check(counter.value() >= counter.minimum(), "below the minimum: " + counter);
  }

  /** All have heard of all. */
  void end() {
    always();
    var last = world.nodes.get(0).value;
    for (var node : world.nodes) {
      check(node.value.equals(last), "values differ: " + last + ", " + node.value);
      var mine = doneBy.get(node.rules.replica());
      check(mine == null || mine.isPartOf(last), "what a node has done is lost");
    }
    check(kept.isPartOf(last), "what was handed in is lost");
    check(world.groupValue().isPartOf(last), "what the group had is lost");
    if (last instanceof AddWinsSet<?> set) {
      for (String element : handedIn) {
        boolean isThere = removed.contains(element) || set.elements().contains(element);
        check(isThere, element + " was handed in and is lost");
      }
    }
  }
}
