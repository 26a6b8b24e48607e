package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import java.util.Set;
import java.util.TreeSet;

/**
 * A bounded counter in a {@link RegisteredWorld}: what replicas subtract, which may be other ones
 * by then, and the rights that they have for that.
 */
final class RegisteredStock {

  static final String KEY = "stock/x";
  private static final int TRIES = 2;

  private final RegisteredWorld world;
  final Set<String> seen = new TreeSet<>();
  private long added;
  private long subtracted;

  RegisteredStock(RegisteredWorld world) {
    this.world = world;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static BoundedCounter of(RegisteredNode node) {
    return node.replica.value(Kind.STOCK.values(), KEY);
  }

  private void count(long amount) {
    added += Math.max(0, amount);
    subtracted += Math.max(0, -amount);
  }

  /** Adds or subtracts, as the rules say. */
  void operate(RegisteredNode node) {
    long amount = Kind.stock().draws().apply(world.random, 0);
    var route = node.ladder.update(KEY);
    if (route instanceof Route.Group) {
      world.post(() -> operateByGroup(amount));
    } else if (route instanceof Route.Here here && node.isMeant()) {
      operateHere(node, amount, here.mode(), TRIES);
    }
  }

  private void operateByGroup(long amount) {
    var answer = world.apply(new Operate(KEY, amount, CausalToken.NONE));
    if (answer.reply() instanceof Operated) {
      seen.add("stock: operated by the group");
      count(amount);
    }
  }

  private void operateHere(RegisteredNode node, long amount, ConsistencyMode mode, int tries) {
    boolean isMistaken = world.fault == RegisteredFault.SPENDS_WHAT_ANOTHER_HAD;
    var by = isMistaken ? node.first : node.replica.self();
    var delta = Kind.STOCK.change().delta(of(node), by, amount);
    if (delta.isPresent()) {
      world.take(node, node.replica.update(Kind.STOCK.values(), KEY, it -> delta.get()));
      count(amount);
    } else if (mode == ConsistencyMode.BOUNDED && tries > 0) {
      askForRights(node, amount, tries);
    }
  }

  private void askForRights(RegisteredNode node, long amount, int tries) {
    var by = node.replica.self();
    world.send(
        Escrow.question(KEY, of(node), by, LadderState.GROUP, -amount),
        answer -> {
          if (answer.reply() instanceof Granted granted && node.replica.self().equals(by)) {
            seen.add("stock: granted");
            node.merge(KEY, granted.value());
            if (node.ladder.update(KEY) instanceof Route.Here here && node.isMeant()) {
              operateHere(node, amount, here.mode(), tries - 1);
            }
          }
        });
  }

  /** After every step. */
  void always() {
    check(subtracted <= added, "%d were subtracted of %d".formatted(subtracted, added));
    var all = Kind.value(world.group, Kind.STOCK, KEY);
    isAbove(all);
    for (var node : world.nodes) {
      isAbove(of(node));
      all = all.merge(of(node));
    }
    for (var transfer : all.rights().keySet()) {
      hasRights(all, transfer.from());
      hasRights(all, transfer.to());
    }
  }

  private static void hasRights(BoundedCounter all, ReplicaId replica) {
    check(all.rightsOf(replica) >= 0, replica + " used rights of others");
  }

  private static void isAbove(BoundedCounter counter) {
    check(counter.value() >= counter.minimum(), "below the minimum: " + counter);
  }

  /** All have heard of all. */
  void end() {
    always();
    var last = of(world.nodes.get(0));
    for (var node : world.nodes) {
      check(of(node).equals(last), "stocks differ: " + last + ", " + of(node));
    }
  }
}
