package dev.synod.crdt.ladder.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.rules.LadderTask.Join;
import dev.synod.crdt.ladder.rules.LadderTask.Take;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Replication;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node of a {@link RegisteredWorld}: a replica, and a ladder that goes by what it knows of it.
 */
final class RegisteredNode {

  private final RegisteredWorld world;
  final String name;
  final ReplicaId first;
  private final Set<ReplicaId> others = new TreeSet<>();
  private int heard;
  private int starts;
  Replication replica;
  LadderNode ladder;

  /** It knows that it was evicted. */
  boolean isLonely;

  /** A search has ended since its replica is that one. */
  boolean hasCaughtUp;

  /** What its replica has to make anew, or has. */
  Inheritance inheritance = Inheritance.NONE;

  RegisteredNode(RegisteredWorld world, String name, Replication replica) {
    this.world = world;
    this.name = name;
    this.first = replica.self();
    this.replica = replica;
    this.ladder = LadderNode.of(name, replica.self());
  }

  /** It knows what these changes follow; of a set's no one needs another. */
  boolean mayInherit(boolean hasStock) {
    return !inheritance.isEmpty() && (!hasStock || inheritance.isReady(replica, hasCaughtUp));
  }

  /** Its memory is lost. */
  void start(Replication fresh) {
    starts++;
    heard = 0;
    inheritance = Inheritance.NONE;
    isLonely = false;
    others.clear();
    replica = fresh;
    ladder = LadderNode.of(name, fresh.self());
  }

  /** It goes on under another id; its ladder has not heard of that. */
  void goOn(Replication fresh) {
    isLonely = false;
    hasCaughtUp = false;
    others.clear();
    replica = fresh;
  }

  List<ReplicaId> others() {
    return List.copyOf(others);
  }

  /** What the replica's actor does with a standing. */
  void learn(Standing standing) {
    if (standing.number() <= replica.standing().number() || isLonely) {
      return;
    } else if (!standing.has(replica.self())) {
      isLonely = true;
      return;
    }
    var then = replica;
    for (var other : others) {
      then = standing.has(other) ? then : then.left(other);
    }
    others.clear();
    others.addAll(standing.members().values());
    others.remove(then.self());
    for (var other : others) {
      then = then.joined(other);
    }
    int before = then.keyCount();
    replica = then.at(standing);
    world.swept(before - replica.keyCount());
    world.take(this, replica.resend(other -> false));
  }

  Set<String> elements() {
    return replica.value(world.sets(), RegisteredWorld.KEY).elements();
  }

  boolean isAtRest() {
    return isSame() && ladder.isMember() && ladder.due().isEmpty() && heard == world.log.size();
  }

  /** Whether the replica is the one that the ladder knows. */
  private boolean isSame() {
    return ladder.replica().equals(replica.self());
  }

  /** The ladder looks which replica there is. */
  void look() {
    var before = ladder;
    ladder =
        world.fault == RegisteredFault.GOES_ON_AS_ANOTHER
            ? ladder
            : ladder.replaced(replica.self());
    if (world.fault == RegisteredFault.KEEPS_WHAT_WAS_TAKEN && before != ladder) {
      ladder =
          new LadderNode(
              name,
              ladder.replica(),
              false,
              ladder.rungs(),
              ladder.index(),
              before.own(),
              ladder.due());
    }
  }

  /** Hears of some of what the group has done since the last time. */
  void hear() {
    if (!ladder.isMember() && ladder.index() == 0) {
      return; // it follows from its welcome on
    }
    for (int more = 1 + world.random.nextInt(3); more > 0 && heard < world.log.size(); more--) {
      var next = world.log.get(heard++);
      ladder = ladder.heard(next.command(), next.index());
    }
  }

  private void hello() {
    int start = starts;
    var asked = ladder.hello();
    world.sendLate(
        asked,
        answer -> {
          if (starts == start && answer.reply() instanceof Welcome welcome) {
            boolean isAsked = world.fault != RegisteredFault.WELCOMES_ANOTHER;
            var said = isAsked ? asked : ladder.hello();
            ladder = ladder.welcomed(said, welcome, answer.index());
            while (heard < world.log.size() && world.log.get(heard).index() <= ladder.index()) {
              heard++;
            }
          }
        });
  }

  /** Does what is due. */
  void work() {
    if (!ladder.isMember()) {
      hello();
      return;
    }
    for (var task : ladder.due().values()) {
      if (task instanceof Join join) {
        join(join);
      } else {
        take((Take) task);
      }
    }
  }

  private void join(Join join) {
    if (!isSame() && world.fault != RegisteredFault.HANDS_IN_FOR_ANOTHER) {
      look();
      return;
    }
    int start = starts;
    var by = ladder.replica();
    world.send(
        new Joined(
            join.key(), join.fence(), name, by, encoded(world.family(join.key()), join.key())),
        answer ->
            world.postLate(
                () -> {
                  if (starts == start && isFor(by) && answer.reply() instanceof Stands) {
                    ladder = ladder.joined(join.key(), join.fence());
                  }
                }));
  }

  private boolean isFor(ReplicaId by) {
    return by.equals(ladder.replica()) || world.fault == RegisteredFault.CREDITS_THE_NEXT;
  }

  private void take(Take take) {
    int start = starts;
    var by = ladder.replica();
    world.ask(
        new Look(take.key()),
        reply -> {
          if (starts != start || !(reply instanceof Seen seen)) {
            return;
          } else if (!replica.self().equals(by) && world.isCareful()) {
            look();
            return;
          }
          merge(take.key(), seen.value());
          world.postLate(
              () -> {
                if (starts == start && isFor(by)) {
                  ladder = ladder.taken(take.key(), take.published());
                }
              });
        });
  }

  private <T extends Lattice<T>> Bytes encoded(Family<T> family, String key) {
    return family.codec().encode(replica.value(family, key));
  }

  /** Merges what the group has, as a change of its own. */
  void merge(String key, Bytes value) {
    merge(world.family(key), key, value);
  }

  private <T extends Lattice<T>> void merge(Family<T> family, String key, Bytes value) {
    T published = family.codec().decode(value);
    world.take(
        this,
        replica.update(family, key, mine -> published.isPartOf(mine) ? family.empty() : published));
  }

  /** Whether its replica is the one that its ladder knows; if not, that one looks. */
  boolean isMeant() {
    if (isSame() || !world.isCareful()) {
      return true;
    }
    look();
    return false;
  }
}
