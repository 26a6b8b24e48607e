package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.Rung;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A group, which is a sequence of commands; nodes with an entity, which hear of these late and tell
 * each other of it, late, doubled or never; and a seed that says what happens next. Commands are
 * applied in any order, once or never; answers get lost. Nodes start again with an empty memory.
 */
final class LadderWorld<T extends Lattice<T>, O> {

  static final int STEPS = 300;

  /** On the way; whether it arrives is drawn. */
  private record Packet(Runnable arrives) {}

  /** What the group says to a command, and where that stands in its log. */
  record Answer(LadderReply reply, long index) {}

  /** A command that the group has applied, for those who follow it. */
  record Committed(long index, LadderCommand command) {}

  final Kind<T, O> kind;
  final Fault fault;
  final Random random;
  final Checks<T, O> checks;
  final List<WorldNode<T, O>> nodes = new ArrayList<>();
  final List<Committed> log = new ArrayList<>();
  final Set<String> seen = new TreeSet<>(); // what happened at all
  private final List<Packet> packets = new ArrayList<>();
  private boolean isFair;
  private int ids;
  private int operations;
  LadderState group;
  long index;

  LadderWorld(Kind<T, O> kind, Fault fault, long seed) {
    this.kind = kind;
    this.fault = fault;
    this.random = new Random(seed);
    this.checks = new Checks<>(this);
    var families = new LadderFamilies(List.of(kind.family()));
    var first = LadderState.of(families);
    this.group =
        fault == Fault.BORROWS_AN_ID
            ? new LadderState(families, new ReplicaId(1), first.rungs(), first.holdings())
            : first;
    int size = 2 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      nodes.add(new WorldNode<>(this, "n" + i));
    }
  }

  ReplicaId freshId() {
    return new ReplicaId(++ids);
  }

  /** Runs one schedule; an {@link AssertionError} tells what went wrong. */
  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
      checks.always();
    }
    end();
  }

  private void step() {
    var node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6 -> operate(node);
      case 7, 8, 9, 10, 11, 12, 13 -> node.hear();
      case 14, 15, 16, 17, 18, 19 -> node.work();
      case 20 -> move();
      case 21, 22 -> tell(node);
      case 23 -> seldom(node::start);
      case 24 -> seldom(() -> send(new Evict(node.rules.node()), answer -> {}));
      case 25 -> seldom(node::readTable);
      case 26 -> node.giveBack();
      case 27 -> node.read();
      default -> deliver();
    }
    deliver();
  }

  private void seldom(Runnable what) {
    if (random.nextInt(6) == 0) {
      what.run();
    }
  }

  private void operate(WorldNode<T, O> node) {
    var operation = kind.draws().apply(random, ++operations);
    checks.drawn(operation);
    node.operate(operation);
  }

  private void move() {
    var modes = kind.modes();
    send(new Move(kind.key(), modes.get(random.nextInt(modes.size()))), answer -> {});
  }

  private void tell(WorldNode<T, O> from) {
    var value = from.value;
    var to = nodes.get(random.nextInt(nodes.size()));
    post(() -> to.value = to.value.merge(value));
  }

  /** Puts something on its way. */
  void post(Runnable arrives) {
    packets.add(new Packet(arrives));
  }

  /** To the group, which may or may not get it, and may or may not be heard. */
  void send(LadderCommand command, Consumer<Answer> reply) {
    post(
        () -> {
          var answer = apply(command);
          post(() -> reply.accept(answer));
        });
  }

  /** A read of the group, at some moment after now. */
  void ask(LadderCommand query, Consumer<LadderReply> reply) {
    post(
        () -> {
          var answer = group.query(query);
          post(() -> reply.accept(answer));
        });
  }

  /** Most of what is on its way arrives once, some of it twice or never. */
  private void deliver() {
    if (packets.isEmpty()) {
      return;
    }
    var packet = packets.remove(random.nextInt(packets.size()));
    if (isFair || random.nextInt(10) > 0) {
      packet.arrives.run();
    }
  }

  private Answer apply(LadderCommand sent) {
    index++;
    var before = group;
    var command = mistaken(sent);
    var applied = group.apply(command, index);
    group = mistaken(applied.after());
    if (Rungs.isChange(command, applied.reply())) {
      log.add(new Committed(index, command));
    }
    checks.applied(command, applied.reply(), before);
    return new Answer(applied.reply(), index);
  }

  Rung rung() {
    return group.rungs().of(kind.key());
  }

  T groupValue() {
    return Kind.value(group, kind.family(), kind.key());
  }

  private LadderCommand mistaken(LadderCommand command) {
    return fault == Fault.TAKES_OLD_FENCES && command instanceof Joined it
        ? new Joined(it.key(), rung().fence(), it.node(), it.replica(), it.value())
        : command;
  }

  private LadderState mistaken(LadderState state) {
    var rung = state.rungs().of(kind.key());
    if (fault == Fault.SERVES_BEFORE_ALL_HAVE_JOINED && rung.isMoving()) {
      long published = rung.mode().isLocal() ? index : rung.published();
      var served = Rung.at(rung.mode(), rung.fence(), published);
      var rungs =
          new Rungs(state.rungs().members(), state.rungs().byKey().with(kind.key(), served));
      return new LadderState(state.families(), state.self(), rungs, state.holdings());
    }
    var holding = state.holdings().get(kind.key());
    if (fault == Fault.TAKES_RIGHTS_OF_ALL && holding != null && rung.mode().needsGroup()) {
      var all = new TreeSet<>(state.rungs().members().values());
      var taking = holding.withCounter(it -> Escrow.taken(it, all, state.self()));
      return new LadderState(
          state.families(), state.self(), state.rungs(), state.holdings().with(kind.key(), taking));
    }
    return state;
  }

  /** From here on nothing gets lost: all come down from the ladder, and are equal. */
  private void end() {
    isFair = true;
    packets.clear();
    apply(new Move(kind.key(), ConsistencyMode.EVENTUAL));
    for (var node : nodes) {
      for (int round = 0; round < 100 && !node.isAtRest(); round++) {
        node.hear();
        node.work();
        while (!packets.isEmpty()) {
          deliver();
        }
      }
      if (!node.isAtRest()) {
        throw new AssertionError(node.rules + " does not come to rest");
      }
    }
    for (var node : nodes) {
      nodes.forEach(other -> node.value = node.value.merge(other.value));
    }
    checks.end();
  }

  /** An operation that the group is to do. */
  void operateByGroup(O operation) {
    send(new Operate(kind.key(), operation, CausalToken.NONE), answer -> {});
  }
}
