package dev.synod.crdt.ladder.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Gate;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Reporting;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Nodes with replicas of a registry, which sweep, are evicted and come back under other ids, and a
 * ladder's group; both of them decide, and are heard late or never. A seed says what happens next.
 */
final class RegisteredWorld {

  private static final int STEPS = 500;
  private static final int ROUNDS_MAX = 200;
  static final String KEY = "set/x";
  static final int ALL = 1000;
  private static final Family<AddWinsSet<String>> OTHERS =
      new Family<>("other/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final List<ConsistencyMode> MODES =
      List.of(ConsistencyMode.EVENTUAL, ConsistencyMode.CAUSAL, ConsistencyMode.LINEARIZABLE);

  record Answer(LadderReply reply, long index) {}

  record Committed(long index, LadderCommand command) {}

  final RegisteredFault fault;
  final Random random;
  final List<RegisteredNode> nodes = new ArrayList<>();
  final List<Committed> log = new ArrayList<>();
  final RegisteredChecks checks;
  final RegisteredStock stock = new RegisteredStock(this);
  private final RegisteredSet set = new RegisteredSet(this);
  private final boolean mayForget;
  private final boolean hasStock;
  private final Limits limits;
  private final List<Runnable> packets = new ArrayList<>();
  private final List<Runnable> late = new ArrayList<>();
  private final List<Standing> decided = new ArrayList<>();
  private final Family<AddWinsSet<String>> sets;
  private Registry registry = Registry.EMPTY;
  private long starts;
  LadderState group = LadderState.of(new LadderFamilies(List.of(Kind.SETS, Kind.STOCK)));
  long index;

  /**
   * @param mayForget whether nodes lose their memory: then what only they had is lost
   * @param hasStock whether there is a bounded counter beside the set
   * @param changesKept how many of its changes a replica keeps one by one
   */
  RegisteredWorld(
      RegisteredFault fault, long seed, boolean mayForget, boolean hasStock, int changesKept) {
    this.fault = fault;
    this.random = new Random(seed);
    this.mayForget = mayForget;
    this.hasStock = hasStock;
    this.limits = new Limits(changesKept, 100, 64, 10_000, 4, 100);
    this.checks = new RegisteredChecks(this);
    var values = Kind.SETS.values();
    this.sets =
        fault == RegisteredFault.SWEEPS_WHAT_THE_GROUP_HAS
            ? new Family<>(values.prefix(), values.codec(), values.empty())
            : values;
    decided.add(registry.standing());
    int size = 2 + random.nextInt(3);
    for (int i = 1; i <= size; i++) {
      nodes.add(new RegisteredNode(this, "n" + i, enrolled("n" + i)));
    }
    nodes.forEach(node -> node.learn(registry.standing()));
  }

  Family<AddWinsSet<String>> sets() {
    return sets;
  }

  Family<?> family(String key) {
    return key.equals(KEY) ? sets : Kind.STOCK.values();
  }

  /** Whether it is looked which replica has answered. */
  boolean isCareful() {
    return fault != RegisteredFault.GOES_ON_AS_ANOTHER;
  }

  /** So many keys were dropped by a node. */
  void swept(int keys) {
    if (keys > 0) {
      boolean serves = group.rungs().of(KEY).isIn(ConsistencyMode.LINEARIZABLE);
      checks.seen.add(serves ? "swept while linearizable" : "swept");
    }
  }

  private void decide(Registry then) {
    if (then.number() != registry.number()) {
      decided.add(then.standing());
    }
    registry = then;
  }

  private Replication enrolled(String node) {
    decide(registry.enrol(node, ++starts));
    var self = registry.standing().at(node).orElseThrow();
    return Replication.of(self, List.of(), List.of(sets, OTHERS, Kind.STOCK.values()), limits);
  }

  void take(RegisteredNode node, Step step) {
    boolean isSearching = node.replica.search().isPresent();
    node.replica = step.after();
    node.hasCaughtUp |= isSearching && step.after().search().isEmpty();
    long generation = step.after().standing().generation();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        var bytes = MessageCodec.encode(send.message());
        post(() -> deliver(step.after().self(), send.to(), generation, bytes));
      }
    }
  }

  private void deliver(ReplicaId from, ReplicaId to, long generation, Bytes bytes) {
    for (var node : nodes) {
      var replica = node.replica;
      if (!node.isLonely && replica.self().equals(to) && replica.standing().has(from)) {
        if (Gate.hears(generation, replica.standing())) {
          take(node, replica.receive(MessageCodec.decode(bytes)));
        }
      }
    }
  }

  void post(Runnable arrives) {
    packets.add(arrives);
  }

  /** The same, to arrive when much has happened meanwhile. */
  void postLate(Runnable arrives) {
    late.add(arrives);
  }

  /** As {@link #send}, with an answer that comes late. */
  void sendLate(LadderCommand command, Consumer<Answer> reply) {
    send(command, answer -> postLate(() -> reply.accept(answer)));
  }

  /** To the group, which may or may not get it, and may or may not be heard. */
  void send(LadderCommand command, Consumer<Answer> reply) {
    post(
        () -> {
          var answer = apply(command);
          post(() -> reply.accept(answer));
        });
  }

  void ask(LadderCommand query, Consumer<LadderReply> reply) {
    post(
        () -> {
          var answer = group.query(query);
          post(() -> reply.accept(answer));
        });
  }

  Answer apply(LadderCommand command) {
    index++;
    var before = group;
    var applied = group.apply(command, index);
    group = applied.after();
    if (Rungs.isChange(command, applied.reply())) {
      log.add(new Committed(index, command));
    }
    checks.applied(command, before);
    return new Answer(applied.reply(), index);
  }

  private void deliverOne() {
    if (!packets.isEmpty()) {
      var packet = packets.remove(random.nextInt(packets.size()));
      if (random.nextInt(10) > 0) {
        packet.run();
      }
    }
  }

  /** Runs one schedule; an {@link AssertionError} tells what went wrong. */
  void run() {
    for (int i = 0; i < STEPS; i++) {
      step();
      deliverOne();
      stock.always();
    }
    end();
  }

  private void step() {
    var node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4 -> operate(node);
      case 5, 6, 7, 8 -> node.hear();
      case 9, 10, 11, 12 -> node.work();
      case 13 -> node.look();
      case 14, 34 -> move();
      case 15, 16 -> take(node, node.replica.flush());
      case 17 -> take(node, node.replica.resend(other -> false));
      case 18 -> search(node);
      case 19, 20, 21 -> report(node);
      case 22, 23, 24 -> node.learn(registry.standing());
      case 25 -> node.learn(decided.get(random.nextInt(decided.size())));
      case 26 -> other(node);
      case 27, 31 -> rarely(node);
      case 28, 32, 33 -> {
        comeBack(node);
        inheritOne();
      }
      case 29, 30 -> {
        if (!late.isEmpty()) {
          late.remove(random.nextInt(late.size())).run();
        }
      }
      default -> deliverOne();
    }
  }

  private void rarely(RegisteredNode node) {
    switch (random.nextInt(6)) {
      case 0 -> send(new LadderCommand.Evict(node.name), answer -> {});
      case 1, 2 -> evict(node);
      case 3 -> {
        if (mayForget) {
          checks.isForgotten(node.replica.self());
          node.start(enrolled(node.name));
          node.learn(registry.standing());
        }
      }
      default -> comeBack(node);
    }
  }

  private void evict(RegisteredNode node) {
    try {
      decide(registry.evict(node.name));
    } catch (IllegalArgumentException refused) {
      checks.seen.add("the last one stays");
    }
  }

  /** An evicted one goes on under a new id once it is known what the others have of it. */
  private void comeBack(RegisteredNode node) {
    var replica = node.replica;
    if (!node.isLonely || !registry.standing().isSettled(replica.self())) {
      return;
    }
    checks.seen.add("back under another id");
    long known = registry.standing().changesOf(replica.self()).orElseThrow();
    var left = node.inheritance.behind(replica.changesAfter(known), replica);
    node.goOn(enrolled(node.name));
    node.learn(registry.standing());
    checks.isSucceeded(replica.self(), node.replica.self());
    node.inheritance = left;
  }

  /** The first that may make changes of the one before anew does, some time later. */
  private boolean inheritOne() {
    var heir = nodes.stream().filter(it -> it.mayInherit(hasStock)).findFirst();
    heir.ifPresent(
        node -> {
          var all = node.inheritance.changes();
          all.forEach(change -> take(node, change.on(node.replica)));
          node.inheritance = node.inheritance.made(all.size(), node.replica.lastChange());
        });
    return heir.isPresent();
  }

  private void report(RegisteredNode node) {
    var replica = node.replica;
    boolean isKnown = node.inheritance.isKnownToAll(replica);
    long number = isKnown ? replica.standing().number() : Reporting.NOTICE;
    decide(registry.report(replica.self(), number, replica.merged()));
  }

  private void search(RegisteredNode node) {
    var others = node.others();
    if (!others.isEmpty()) {
      take(node, node.replica.search(others.get(random.nextInt(others.size()))));
    }
  }

  private void operate(RegisteredNode node) {
    if (hasStock && random.nextBoolean()) {
      stock.operate(node);
    } else {
      set.operate(node);
    }
  }

  private void move() {
    boolean isOfStock = hasStock && random.nextBoolean();
    var modes = isOfStock ? Kind.stock().modes() : MODES;
    var to = modes.get(random.nextInt(modes.size()));
    send(new Move(isOfStock ? RegisteredStock.KEY : KEY, to), answer -> {});
  }

  /** Values that are on no ladder are swept. */
  private void other(RegisteredNode node) {
    String key = "other/" + random.nextInt(4);
    var self = node.replica.self();
    take(
        node,
        node.replica.update(
            OTHERS, key, set -> set.size() == 0 ? set.add(self, "e") : set.clear(self)));
  }

  /** From here on nothing gets lost; all that moves arrives, all come down, and are equal. */
  private void end() {
    packets.clear();
    comeToRest();
    apply(new Move(KEY, ConsistencyMode.EVENTUAL));
    apply(new Move(RegisteredStock.KEY, ConsistencyMode.EVENTUAL));
    comeToRest();
    checks.end();
    stock.end();
  }

  private void comeToRest() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      long before = registry.number();
      nodes.forEach(this::turn);
      if (before == registry.number() && isOver()) {
        return;
      }
    }
    throw new AssertionError("they do not come to rest: " + group.rungs() + registry);
  }

  private void turn(RegisteredNode node) {
    node.learn(registry.standing());
    comeBack(node);
    node.look();
    node.hear();
    node.work();
    take(node, node.replica.resend(other -> false));
    search(node);
    boolean isMore = true;
    while (isMore) {
      if (packets.isEmpty() && late.isEmpty()) {
        isMore = inheritOne();
      } else {
        (packets.isEmpty() ? late : packets).remove(0).run();
      }
    }
    report(node);
  }

  private boolean isOver() {
    var first = nodes.get(0).replica;
    boolean isMoving =
        group.rungs().of(KEY).isMoving() || group.rungs().of(RegisteredStock.KEY).isMoving();
    return !isMoving
        && nodes.stream().allMatch(it -> it.inheritance.isEmpty())
        && nodes.stream()
            .allMatch(
                it ->
                    it.isAtRest()
                        && !it.isLonely
                        && it.replica.search().isEmpty()
                        && it.replica.digest() == first.digest()
                        && it.replica.merged().equals(registry.stable()));
  }
}
