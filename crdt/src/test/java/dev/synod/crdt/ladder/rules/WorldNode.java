package dev.synod.crdt.ladder.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.Transfer;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand.Back;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.rules.LadderTask.Join;
import dev.synod.crdt.ladder.rules.LadderTask.Take;
import dev.synod.crdt.lattice.Lattice;
import java.util.Map;
import java.util.TreeMap;

/** A node of a {@link LadderWorld}, and what it has of the entity. */
final class WorldNode<T extends Lattice<T>, O> {

  private final LadderWorld<T, O> world;
  private final String name;
  private int heard;
  private int starts;
  LadderNode rules;
  T value;

  WorldNode(LadderWorld<T, O> world, String name) {
    this.world = world;
    this.name = name;
    this.value = world.kind.family().values().empty();
    this.rules = LadderNode.of(name, world.freshId());
    begin();
  }

  private void begin() {
    if (world.fault == Fault.SERVES_BEFORE_HELLO) {
      rules = new LadderNode(name, rules.replica(), true, Rungs.NONE, 0, rules.own(), rules.due());
    }
  }

  /** With an empty memory, as another replica. */
  void start() {
    starts++;
    value = world.kind.family().values().empty();
    rules = LadderNode.of(name, world.freshId());
    heard = 0;
    begin();
  }

  private ReplicaId self() {
    return rules.replica();
  }

  boolean isAtRest() {
    return rules.isMember() && rules.due().isEmpty() && heard == world.log.size();
  }

  /** Hears of some of what the group has done since the last time. */
  void hear() {
    if (!rules.isMember() && rules.index() == 0) {
      return; // it follows from its welcome on
    }
    for (int more = 1 + world.random.nextInt(3); more > 0 && heard < world.log.size(); more--) {
      var next = world.log.get(heard++);
      rules = rules.heard(next.command(), next.index());
    }
  }

  private void welcomed(Welcome welcome, long index) {
    rules = rules.welcomed(rules.hello(), welcome, index);
    while (heard < world.log.size() && world.log.get(heard).index() <= rules.index()) {
      heard++;
    }
  }

  /** What it heard was not enough, so it reads all anew. */
  void readTable() {
    if (rules.isMember()) {
      hello();
    }
  }

  private void hello() {
    int start = starts;
    world.send(
        rules.hello(),
        answer -> {
          if (starts == start && answer.reply() instanceof Welcome welcome) {
            welcomed(welcome, answer.index());
          }
        });
  }

  /** Does what is due, and does it again as long as it is. */
  void work() {
    if (!rules.isMember()) {
      hello();
      return;
    }
    int start = starts;
    for (var task : rules.due().values()) {
      if (task instanceof Join join) {
        var joined = new Joined(join.key(), join.fence(), name, self(), encoded());
        world.send(
            joined,
            answer -> {
              if (starts == start && answer.reply() instanceof Stands) {
                rules = rules.joined(join.key(), join.fence());
              }
            });
      } else if (task instanceof Take take) {
        world.ask(
            new Look(take.key()),
            reply -> {
              if (starts == start && reply instanceof Seen seen) {
                take(take, seen);
              }
            });
      }
    }
  }

  private void take(Take take, Seen seen) {
    world.seen.add("taken");
    if (world.fault != Fault.SKIPS_THE_SNAPSHOT) {
      value = value.merge(decoded(seen.value()));
    }
    rules = rules.taken(take.key(), take.published());
  }

  private Bytes encoded() {
    return world.kind.family().values().codec().encode(value);
  }

  private T decoded(Bytes bytes) {
    return world.kind.family().values().codec().decode(bytes);
  }

  /** Does an operation as the rules say. */
  void operate(O operation) {
    var route = rules.update(world.kind.key());
    boolean isFenced = rules.rungs().of(world.kind.key()).isFenced();
    if (world.fault == Fault.CHANGES_AFTER_JOINED && rules.isMember() && isFenced) {
      route = new Route.Here(ConsistencyMode.EVENTUAL);
    }
    if (route instanceof Route.Group) {
      world.operateByGroup(operation);
    } else if (route instanceof Route.Here here) {
      operateHere(operation, here.mode(), 2);
    }
  }

  /** Reads as the rules say; a read of the group needs no check. */
  void read() {
    if (rules.read(world.kind.key()) instanceof Route.Here) {
      world.checks.read(this);
    }
  }

  private void operateHere(O operation, ConsistencyMode mode, int tries) {
    var family = world.kind.family();
    var delta = family.change().delta(value, self(), operation);
    if (delta.isPresent()) {
      value = value.merge(delta.get());
      world.checks.done(this, operation, delta.get());
    } else if (mode == ConsistencyMode.BOUNDED && tries > 0) {
      askForRights(operation, tries);
    }
  }

  private void askForRights(O operation, int tries) {
    int start = starts;
    long needed = world.kind.family().needs().applyAsLong(operation);
    var before = (BoundedCounter) value;
    var question = Escrow.question(world.kind.key(), before, self(), world.group.self(), needed);
    world.send(
        question,
        answer -> {
          if (starts == start && answer.reply() instanceof Granted granted) {
            world.seen.add("granted");
            granted(before, (BoundedCounter) decoded(granted.value()));
            if (rules.update(world.kind.key()) instanceof Route.Here here) {
              operateHere(operation, here.mode(), tries - 1);
            }
          }
        });
  }

  @SuppressWarnings("unchecked") // only counters ask for rights
  private void granted(BoundedCounter before, BoundedCounter then) {
    var mine = new Transfer(world.group.self(), self());
    long total = Escrow.given(then, world.group.self(), self());
    if (world.fault == Fault.COUNTS_GRANTS_TWICE) {
      long more = total - Escrow.given(before, world.group.self(), self());
      long sum = Escrow.given((BoundedCounter) value, world.group.self(), self()) + more;
      value = value.merge((T) rights(then, mine, sum));
    }
    value =
        world.fault == Fault.SENDS_RIGHTS_ALONE
            ? value.merge((T) rights(then, mine, total))
            : value.merge((T) then);
  }

  private static BoundedCounter rights(BoundedCounter of, Transfer transfer, long amount) {
    return new BoundedCounter(
        of.minimum(), new TreeMap<>(Map.of(transfer, amount)), VersionVector.EMPTY);
  }

  /** Gives rights back that it does not need. */
  @SuppressWarnings("unchecked") // it is a counter
  void giveBack() {
    if (!(value instanceof BoundedCounter counter)
        || counter.rightsOf(self()) < 1
        || !rules.update(world.kind.key()).equals(new Route.Here(ConsistencyMode.BOUNDED))) {
      return;
    }
    long amount = 1 + world.random.nextInt((int) Math.min(5, counter.rightsOf(self())));
    counter
        .transfer(self(), world.group.self(), amount)
        .ifPresent(delta -> value = value.merge((T) delta));
    world.send(new Back(world.kind.key(), encoded()), answer -> {});
  }
}
