package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.rules.Kind.Change;

/** The set in a {@link RegisteredWorld}, and what nodes and the group do to it. */
final class RegisteredSet {

  private final RegisteredWorld world;
  private int elements;

  RegisteredSet(RegisteredWorld world) {
    this.world = world;
  }

  /** Adds or removes an element, as the rules say. */
  void operate(RegisteredNode node) {
    var route = node.ladder.update(RegisteredWorld.KEY);
    if (route instanceof Route.Group) {
      operateByGroup();
    } else if (route instanceof Route.Here && node.isMeant()) {
      operateHere(node);
    }
  }

  private Change drawn() {
    return world.random.nextInt(5) < 3
        ? new Change("e" + ++elements, true)
        : new Change("e" + (1 + world.random.nextInt(Math.max(1, elements))), false);
  }

  private void operateHere(RegisteredNode node) {
    var change = drawn();
    var self = node.replica.self();
    boolean isThere = node.elements().contains(change.element());
    world.take(
        node,
        node.replica.update(
            world.sets(),
            RegisteredWorld.KEY,
            set ->
                change.adds()
                    ? set.add(self, change.element())
                    : set.remove(self, change.element())));
    world.checks.done(node, change, isThere);
  }

  private void operateByGroup() {
    var change = drawn();
    world.checks.wanted(change);
    world.post(
        () -> {
          boolean isThere = world.checks.groupValue().contains(change.element());
          if (world.apply(new Operate(RegisteredWorld.KEY, change, CausalToken.NONE)).reply()
              instanceof Operated) {
            world.checks.doneByGroup(change, isThere);
          }
        });
  }
}
