package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.protocol.Rung;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Who may change entities, and where each entity stands. The group and all nodes that follow it
 * come to the same by the same commands.
 *
 * @param members nodes by their names, with the replicas that they have now
 * @param byKey all entities that ever moved
 */
public record Rungs(SortedMap<String, ReplicaId> members, PersistentMap<String, Rung> byKey) {

  public static final Rungs NONE = new Rungs(Collections.emptySortedMap(), PersistentMap.empty());

  public Rungs {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** As they were told. */
  public static Rungs of(Welcome welcome) {
    var all = PersistentMap.<String, Rung>empty();
    for (var rung : welcome.rungs().entrySet()) {
      all = all.with(rung.getKey(), rung.getValue());
    }
    return new Rungs(welcome.members(), all);
  }

  /** To be told. */
  public Welcome toWelcome() {
    var all = new TreeMap<String, Rung>();
    byKey.forEach(all::put);
    return new Welcome(members, all);
  }

  /** Where that entity stands. */
  public Rung of(String key) {
    var rung = byKey.get(key);
    return rung == null ? Rung.FIRST : rung;
  }

  private Rungs with(String key, Rung rung) {
    return new Rungs(members, byKey.with(key, rung));
  }

  /** Whether nodes are to hear of a command that was answered so: whether it is about rungs. */
  public static boolean isChange(LadderCommand command, LadderReply reply) {
    boolean isMove =
        command instanceof Hello
            || command instanceof Evict
            || command instanceof Move
            || command instanceof Joined;
    return isMove && !(reply instanceof Refused);
  }

  /**
   * After a command that the group did not refuse.
   *
   * @param index of the command in the group's log
   */
  public Rungs after(LadderCommand command, long index) {
    if (command instanceof Hello hello) {
      return hello(hello, index);
    } else if (command instanceof Evict evict) {
      return evict(evict.node(), index);
    } else if (command instanceof Move move) {
      return move(move, index);
    } else if (command instanceof Joined joined) {
      return joined(joined, index);
    }
    return this;
  }

  /** Fences that are under way wait for it, too: it may have changes that nobody handed in. */
  private Rungs hello(Hello hello, long index) {
    var more = new TreeMap<>(members);
    more.put(hello.node(), hello.replica());
    return forAll(more, rung -> rung.waitingFor(hello.node(), hello.replica(), index));
  }

  private Rungs evict(String node, long index) {
    var fewer = new TreeMap<>(members);
    fewer.remove(node);
    return forAll(fewer, rung -> rung.without(node, index));
  }

  private Rungs forAll(SortedMap<String, ReplicaId> membersThen, UnaryOperator<Rung> change) {
    var then = byKey;
    for (String key : byKey.keys()) {
      var before = of(key);
      var after = change.apply(before);
      then = after.equals(before) ? then : then.with(key, after);
    }
    return new Rungs(membersThen, then);
  }

  /**
   * Why that entity can't move so; empty if it can.
   *
   * <p>A move that waits for somebody who does not come may be taken back.
   */
  public Optional<String> objectionTo(Move move) {
    var rung = of(move.key());
    boolean isOn =
        !rung.isMoving()
            || move.to() == rung.mode()
            || move.to() == rung.before()
            || !move.to().needsGroup();
    return isOn
        ? Optional.empty()
        : Optional.of(
            "it moves from %s to %s and waits for %s"
                .formatted(rung.before(), rung.mode(), rung.waiting()));
  }

  private Rungs move(Move move, long index) {
    var rung = of(move.key());
    return rung.mode() == move.to() ? this : with(move.key(), moved(rung, move.to(), index));
  }

  /**
   * Up, the group has to know all values first; down, it has something to publish, and so it does
   * if it has got some of the values.
   */
  private Rung moved(Rung rung, ConsistencyMode to, long index) {
    if (rung.isMoving() || rung.mode() == ConsistencyMode.LINEARIZABLE) {
      return Rung.at(to, index, index);
    } else if (to.needsGroup()) {
      return rung.moving(to, index, members.keySet());
    }
    boolean isPublished = rung.mode() == ConsistencyMode.BOUNDED;
    return Rung.at(to, index, isPublished ? index : rung.published());
  }

  /** Whether that is about the fence that the entity is behind now. */
  public boolean isCurrent(Joined joined) {
    var rung = of(joined.key());
    return rung.isFenced() && rung.fence() == joined.fence();
  }

  /** A replica from before its node's last start has stopped, too, but its node is waited for. */
  private Rungs joined(Joined joined, long index) {
    if (!isCurrent(joined)) {
      return this;
    }
    boolean isLast = joined.replica().equals(members.get(joined.node()));
    return with(
        joined.key(), of(joined.key()).joined(joined.node(), joined.replica(), isLast, index));
  }
}
