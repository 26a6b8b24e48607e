package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Recovery;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.store.ReplicaStore;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replicas that keep what they have, on stores which lose what was not forced; between them a
 * network that loses, doubles and reorders. After every step it is looked whether a replica has
 * lost what somebody was told of.
 */
final class KeptReplicas {

  static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  static final List<Family<?>> FAMILIES = List.of(COUNTERS, SETS);
  static final Limits TIGHT = new Limits(6, 2, 3, 40, 3, 4);
  private static final StoreSettings STORE = new StoreSettings(200, 30, 100, 1000, 10);
  private static final ReplicaId STRANGER = new ReplicaId(999);
  private static final int ROUNDS_MAX = 300;

  private record Packet(int from, int to, ReplicationMessage message) {}

  /** A change of a replica, and whether another one has it. */
  private record Change(long number, Predicate<Replication> isAt) {}

  private final PlantedFault fault;
  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Packet> inFlight = new ArrayList<>();
  private int ids;
  private int restarts;

  /** One node: its store outlives a crash, the rest does not. */
  private final class Node {
    private final int at;
    private final SimulatedStore store;
    private final List<Change> changes = new ArrayList<>();
    private long confirmed;
    private Map<Long, Replication> states = new TreeMap<>();
    private DurableKeeping keeping;
    private Replication replica;

    Node(int at) {
      this.at = at;
      this.store = fault.store();
      start();
      store.force(Integer.MAX_VALUE); // who it is: nobody has met it before
    }

    private void start() {
      var start = store.start(() -> Optional.of(new ReplicaId(++ids)));
      var self = start.self().orElseThrow();
      var recovery = new Recovery[] {Recovery.of(self, FAMILIES, TIGHT)};
      store.recover(
          new ReplicaStore.Reader() {
            @Override
            public void record(Bytes kept) {
              recovery[0] = recovery[0].with(RecordCodec.decode(kept));
            }

            @Override
            public void damaged(String what) {
              throw new AssertionError(what);
            }

            @Override
            public void end(long snapshotBytes, long bytesBehind) {}

            @Override
            public void failed(String why) {
              throw new AssertionError(why);
            }
          });
      keeping = new DurableKeeping(store, STORE, 0, 0, Inheritance.NONE);
      replica = recovery[0].replication(Beginning.numbersOf(start.number()));
    }

    void crash() {
      store.crash();
      var before = states;
      var self = replica.self();
      start();
      check(replica.self().equals(self), "%s is %s now", self, replica.self());
      var then = before.get(store.appended());
      check(then == null || isSame(then, replica), "%s was %s", replica, then);
      changes.removeIf(it -> it.number() > replica.lastChange());
      check(confirmed <= replica.lastChange(), "%s lost what was confirmed", self);
      states = new TreeMap<>(before);
      states.keySet().removeIf(index -> index > store.appended());
      nodes.forEach(this::meet);
      restarts++;
    }

    void meet(Node other) {
      if (other != this) {
        replica = replica.joined(other.replica.self());
      }
    }

    <T extends Lattice<T>> void change(Family<T> family, String key, UnaryOperator<T> change) {
      T delta = change.apply(replica.value(family, key));
      take(replica.update(family, key, value -> delta));
      long number = replica.lastChange();
      changes.add(new Change(number, it -> delta.isPartOf(it.value(family, key))));
      leave(null, () -> confirmed = Math.max(confirmed, number));
    }

    void take(Step step) {
      var before = replica;
      replica = step.after();
      keeping.took(before, fault.written(step));
      states.put(store.appended(), replica);
      for (var effect : step.effects()) {
        check(!(effect instanceof Effect.Refused), "%s", effect);
        if (effect instanceof Effect.Send send) {
          var bytes = MessageCodec.encode(send.message());
          leave(send.message(), () -> send(send.to(), MessageCodec.decode(bytes)));
        }
      }
    }

    /** Answers a caller, or sends a message. */
    private void leave(@Nullable ReplicationMessage what, Runnable send) {
      if (fault.leavesAtOnce(what)) {
        send.run();
      } else {
        keeping.leave(send);
      }
    }

    private void send(ReplicaId to, ReplicationMessage message) {
      for (Node other : nodes) {
        if (other.replica.self().equals(to)) {
          inFlight.add(new Packet(at, other.at, message));
        }
      }
    }

    void force(int writes) {
      store.force(writes);
      keeping.heard(new StoreTold.Durable(fault.durable(store.durableTicket())));
    }

    void finishSnapshot() {
      if (store.finishSnapshot()) {
        keeping.heard(new StoreTold.SnapshotWritten(1));
      }
    }

    /** Holds after every step, of all. */
    void keepsItsWord() {
      for (Node other : nodes) {
        long claimed = other.replica.merged().get(replica.self());
        check(claimed <= replica.lastChange(), "%s lost %d", replica.self(), claimed);
        for (var change : changes) {
          boolean isClaimed = change.number() <= claimed;
          check(
              !isClaimed || change.isAt().test(other.replica),
              "%s claims to have %s.%d, and has another",
              other.replica.self(),
              replica.self(),
              change.number());
        }
      }
      for (long number = 1; number <= replica.lastChange(); number++) {
        long wanted = number;
        long there =
            nodes.stream().filter(it -> it.replica.merged().get(replica.self()) >= wanted).count();
        check(replica.holders(number) < there, "%s.%d: who has it?", replica.self(), number);
      }
    }
  }

  KeptReplicas(int size, PlantedFault fault, Random random) {
    this.fault = fault;
    this.random = random;
    for (int at = 0; at < size; at++) {
      nodes.add(new Node(at));
    }
    nodes.forEach(node -> nodes.forEach(node::meet));
  }

  private static void check(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }

  /** Equal values, and no change of its own less that others may lack. */
  private static boolean isSame(Replication one, Replication again) {
    return one.digest() == again.digest()
        && one.merged().equals(again.merged())
        && one.lastChange() == again.lastChange()
        && firstKept(again) <= firstKept(one);
  }

  /** The number of the first change that it would tell a stranger. */
  private static long firstKept(Replication replica) {
    long first = replica.lastChange() + 1;
    for (var effect : replica.joined(STRANGER).flush().effects()) {
      if (effect instanceof Effect.Send send && send.to().equals(STRANGER)) {
        if (send.message() instanceof Deltas deltas) {
          first = Math.min(first, deltas.first());
        } else if (send.message() instanceof Trimmed trimmed) {
          return trimmed.first();
        }
      }
    }
    return first;
  }

  int restarts() {
    return restarts;
  }

  /** Does something. */
  void step() {
    var node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> change(node);
      case 3 -> node.take(node.replica.flush());
      case 4 -> node.take(node.replica.resend(other -> false));
      case 5 -> search(node);
      case 6, 7 -> node.force(1 + random.nextInt(4));
      case 8 -> node.finishSnapshot();
      case 9 -> {
        if (random.nextInt(3) == 0) {
          node.crash();
        }
      }
      default -> deliverOne();
    }
    nodes.forEach(Node::keepsItsWord);
  }

  private void search(Node node) {
    var other = nodes.get((node.at + 1) % nodes.size());
    node.take(node.replica.search(other.replica.self()));
  }

  private void change(Node node) {
    var self = node.replica.self();
    String name = "k" + random.nextInt(3);
    if (random.nextBoolean()) {
      int amount = 1 + random.nextInt(5);
      node.change(COUNTERS, "counter/" + name, it -> it.add(self, amount));
      return;
    }
    String element = "e" + random.nextInt(4);
    boolean adds = random.nextInt(3) > 0;
    node.change(
        SETS,
        "set/" + name,
        (AddWinsSet<String> set) -> adds ? set.add(self, element) : set.remove(self, element));
  }

  private void deliverOne() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var packet = inFlight.get(index);
    if (random.nextInt(5) > 0) {
      inFlight.remove(index); // else it comes twice
    }
    if (random.nextInt(8) > 0) {
      hear(packet);
    }
  }

  private void hear(Packet packet) {
    var node = nodes.get(packet.to());
    var from = nodes.get(packet.from()).replica.self();
    if (packet.message().from().equals(from)) { // else of one that never told anybody anything
      node.keeping.check(node.replica, packet.message());
      node.take(node.replica.receive(packet.message()));
    }
  }

  /** From here on nothing goes wrong, and all that waits is forced: all become equal. */
  void heal() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      settle();
      if (isDone()) {
        return;
      }
      for (var node : nodes) {
        node.take(node.replica.resend(other -> false));
      }
    }
    throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds");
  }

  private void settle() {
    boolean isQuiet = false;
    while (!isQuiet) {
      nodes.forEach(node -> node.force(Integer.MAX_VALUE));
      isQuiet = inFlight.isEmpty();
      if (!isQuiet) {
        hear(inFlight.remove(0));
      }
      nodes.forEach(Node::finishSnapshot);
    }
  }

  private boolean isDone() {
    return nodes.stream()
        .map(node -> node.replica)
        .allMatch(
            one -> one.search().isEmpty() && one.holders(one.lastChange()) == nodes.size() - 1);
  }

  /** All have all changes that were not lost, and no log has grown without end. */
  void areEqual() {
    long digest = nodes.get(0).replica.digest();
    for (var node : nodes) {
      node.keepsItsWord();
      check(node.replica.digest() == digest, "not equal");
      check(node.store.kept() < 60, "%d records are kept", node.store.kept());
    }
  }

  /** All restart at once. */
  void restartAll() {
    nodes.forEach(Node::crash);
    nodes.forEach(node -> nodes.forEach(node::meet));
  }
}
