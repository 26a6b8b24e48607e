package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Behind;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.RegistryCommand.Report;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Gate;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Recovery;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Reporting;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.store.ReplicaStore;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node with a replica that a registry knows and that is kept: does what the actor does, as
 * values. Its store outlives a crash, the rest does not.
 */
final class MemberNode {

  /** What it is after a record. */
  private record State(Replication replica, Inheritance inheritance) {}

  private final String node;
  private final StoreSettings settings;
  private final Limits limits;
  private final MemberFault fault;
  private final Sightings sightings;
  private final Consumer<PeerMessage> network;
  private final Consumer<Report> registry;
  private final List<ReplicaId> ids = new ArrayList<>(); // in the order in which it had them
  private final Map<Long, State> states = new TreeMap<>();
  private final Map<ReplicaId, Long> confirmed = new TreeMap<>();
  private SimulatedStore store;
  private DurableKeeping keeping;
  private Neighbours neighbours;
  private @Nullable Replication replica; // none until it has an id
  private Inheritance inheritance = Inheritance.NONE;
  private boolean hasSearched;
  private boolean isLeft;
  private int madeAnew;
  private int parts;

  MemberNode(
      String node,
      StoreSettings settings,
      int changesKept,
      MemberFault fault,
      Sightings sightings,
      Consumer<PeerMessage> network,
      Consumer<Report> registry) {
    this.node = node;
    this.settings = settings;
    this.limits = new Limits(changesKept, 2, 3, 40, 3, 4);
    this.fault = fault;
    this.sightings = sightings;
    this.network = network;
    this.registry = registry;
    this.store = fault.store();
    start();
  }

  private static void check(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }

  private void start() {
    var start = store.start(Optional::empty);
    var recovery = new Recovery[] {Recovery.registered(Sightings.FAMILIES, limits)};
    store.recover(
        new ReplicaStore.Reader() {
          @Override
          public void record(Bytes kept) {
            recovery[0] = fault.read(recovery[0], RecordCodec.decode(kept));
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
    inheritance = recovery[0].inheritance();
    keeping = new DurableKeeping(store, settings, 0, 0, inheritance);
    isLeft = recovery[0].isNobody();
    replica = null;
    if (!isLeft) {
      replica = recovery[0].replication(Beginning.numbersOf(start.number()));
    }
    losesNothingTold();
    if (!isLeft) {
      goOn(replica());
    }
  }

  private void goOn(Replication begun) {
    replica = begun;
    hasSearched = false;
    neighbours = Neighbours.of(node, begun.self(), List.of(node));
    keep();
    neighbours.at(begun.standing()).forEach(this::take);
  }

  private void keep() {
    states.put(store.appended(), new State(replica(), inheritance));
  }

  /** Whether it has an id. */
  boolean isReplica() {
    return replica != null;
  }

  Replication replica() {
    if (replica == null) {
      throw new IllegalStateException(node + " has no replica");
    }
    return replica;
  }

  /** Whether it asks the registry for an id. */
  boolean isEnrolling() {
    return isLeft;
  }

  /** How many changes of replicas before it has made. */
  int madeAnew() {
    return madeAnew;
  }

  /** How many records more than one it took to inherit them. */
  int parts() {
    return parts;
  }

  boolean hasAllInherited() {
    return inheritance.isEmpty();
  }

  List<ReplicaId> others() {
    return neighbours.replicas();
  }

  void crash() {
    store.crash();
    start();
  }

  private void losesNothingTold() {
    var then = states.get(store.appended());
    var now = Optional.ofNullable(replica).map(Replication::self);
    int at = now.map(ids::indexOf).orElse(-1);
    check(now.isEmpty() || at >= 0, "%s is %s, which it never was", node, now);
    for (int i = at + 1; i < ids.size(); i++) {
      sightings.lost(ids.get(i), 0);
      check(!confirmed.containsKey(ids.get(i)), "%s told of %s, and lost it", node, ids.get(i));
    }
    ids.subList(at + 1, ids.size()).clear();
    if (replica != null) {
      sightings.lost(replica.self(), replica.lastChange());
      long told = confirmed.getOrDefault(replica.self(), 0L);
      check(told <= replica.lastChange(), "%s lost %d", replica.self(), told);
      check(
          !fault.isCompared() || then != null && isSame(then, new State(replica, inheritance)),
          "%s is not what it was",
          node);
    }
    states.keySet().removeIf(index -> index > store.appended());
  }

  /** In all that is kept. */
  private static boolean isSame(State before, State after) {
    var one = before.replica();
    var again = after.replica();
    var keys = new ArrayList<String>();
    one.forEachKey("", keys::add);
    return one.self().equals(again.self())
        && one.standing().equals(again.standing())
        && one.dots() == again.dots()
        && one.digest() == again.digest()
        && one.merged().equals(again.merged())
        && one.lastChange() == again.lastChange()
        && handsOverTheSame(one, again)
        && before.inheritance().equals(after.inheritance())
        && keys.stream().allMatch(key -> one.version(key).equals(again.version(key)))
        && keys.stream().allMatch(key -> value(one, key).equals(value(again, key)));
  }

  private static boolean handsOverTheSame(Replication one, Replication again) {
    for (long known = 0; known <= one.lastChange(); known++) {
      if (!one.changesAfter(known).equals(again.changesAfter(known))
          || one.lostAfter(known) != again.lostAfter(known)) {
        return false;
      }
    }
    return true;
  }

  private static Object value(Replication replica, String key) {
    return key.equals(Sightings.COUNTER)
        ? replica.value(Sightings.COUNTERS, key)
        : replica.value(Sightings.SETS, key);
  }

  /** Its directory is gone. */
  void forget() {
    store = fault.store();
    states.clear();
    ids.clear();
    confirmed.clear();
    start();
  }

  /** The registry has answered with an id. */
  void enrolled(Standing standing) {
    var self = standing.at(node).orElseThrow();
    var all = inheritance;
    if (replica != null) {
      long known = standing.changesOf(replica.self()).orElseThrow();
      all = inheritance.behind(replica.changesAfter(known), replica);
    }
    var begun = Replication.of(self, List.of(), Sightings.FAMILIES, limits).at(standing);
    long before = store.appended();
    keeping.became(begun, all);
    for (long part = before + 1; part < store.appended(); part++) {
      states.put(part, new State(replica(), inheritance)); // it is still the one before
      parts++;
    }
    inheritance = all;
    isLeft = false;
    ids.add(self);
    goOn(begun);
    leave(() -> confirmed.putIfAbsent(self, 0L), false);
  }

  /** What the actor does with a standing. */
  void learn(Standing standing) {
    if (isLeft || standing.number() <= replica().standing().number()) {
      return;
    }
    keeping.check(replica(), standing, node);
    if (!standing.has(replica().self())) {
      isLeft = standing.isSettled(replica().self());
      return;
    }
    neighbours.at(standing).forEach(this::take);
    var step = new Step(replica().at(standing), List.of());
    keeping.took(replica(), step);
    replica = step.after();
    keep();
    take(replica().resend(other -> false));
  }

  private void take(Neighbours.Met met) {
    neighbours = met.after();
    met.left().ifPresent(gone -> replica = replica().left(gone));
    met.joined()
        .ifPresent(
            fresh -> {
              replica = replica().joined(fresh);
              take(replica().flush());
              if (replica().search().isEmpty()) {
                take(replica().search(fresh));
              }
            });
  }

  void take(Step step) {
    var before = replica();
    replica = step.after();
    keeping.took(before, step);
    keep();
    for (var effect : step.effects()) {
      check(!(effect instanceof Effect.Refused), "%s", effect);
      if (effect instanceof Effect.Send send) {
        long generation = replica().standing().generation();
        var bytes = MessageCodec.encode(send.message());
        tell(new Whole(before.self(), send.to(), generation, bytes));
      }
    }
    if (before.search().isPresent() && replica().search().isEmpty()) {
      hasSearched = true;
      inherit();
    }
    sightings.check(replica());
  }

  /** One after the other; a crash may leave only the first ones. */
  private void inherit() {
    while (!inheritance.isEmpty() && inheritance.isReady(replica(), hasSearched)) {
      var next = inheritance.first(1).get(0);
      inheritance = inheritance.made(1, replica().lastChange() + 1);
      take(next.on(replica()));
      madeAnew++;
    }
  }

  /** A change by a caller, who is told once it is kept. */
  void change(Step step) {
    take(step);
    var self = replica().self();
    long number = replica().lastChange();
    leave(() -> confirmed.merge(self, number, Math::max), false);
  }

  private void tell(PeerMessage message) {
    leave(() -> network.accept(message), fault.tellsAtOnce());
  }

  private void leave(Runnable send, boolean atOnce) {
    if (atOnce) {
      send.run();
    } else {
      keeping.leave(send);
    }
  }

  void report() {
    inherit();
    boolean isKnown = inheritance.isKnownToAll(replica()) || fault.reportsBeforeAnew();
    long number = isKnown ? replica().standing().number() : Reporting.NOTICE;
    var said = new Report(replica().self(), number, replica().merged());
    leave(() -> registry.accept(said), fault.reportsAtOnce());
  }

  void hear(PeerMessage message) {
    if (replica == null || isLeft || neighbours.nodeOf(message.from()).isEmpty()) {
      return;
    }
    var self = replica.self();
    var standing = replica.standing();
    if (message instanceof Whole whole && whole.to().equals(self)) {
      Gate.answer(self, whole.from(), whole.generation(), standing).ifPresent(this::tell);
      if (Gate.hears(whole.generation(), standing)) {
        var inside = MessageCodec.decode(whole.message());
        keeping.check(replica, inside);
        take(replica.receive(inside));
      }
    } else if (message instanceof News news && news.to().equals(self)) {
      learn(news.standing());
    } else if (message instanceof Behind behind && behind.to().equals(self)) {
      Gate.answer(self, behind, standing).ifPresent(this::tell);
    }
  }

  void force(int writes) {
    store.force(writes);
    keeping.heard(new StoreTold.Durable(store.durableTicket()));
  }

  void finishSnapshot() {
    if (store.finishSnapshot()) {
      keeping.heard(new StoreTold.SnapshotWritten(1));
    }
  }
}
