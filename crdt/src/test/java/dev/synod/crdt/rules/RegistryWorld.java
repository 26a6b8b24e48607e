package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.COUNTERS;
import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.wire.MessageCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes with replicas, a registry of which they hear late, and a network that a seed makes lose,
 * double and reorder. Nodes join, lose their memory, are evicted, and come back.
 */
final class RegistryWorld {

  private static final int NODES = 4;
  private static final int ROUNDS_MAX = 400;

  private record Packet(ReplicaId from, ReplicaId to, long generation, Bytes bytes) {}

  /** An element that was added once, and how it was removed, if it was. */
  private static final class Element {
    private final String key;
    private final String text;
    private final ReplicaId by;
    private final long number;
    private Optional<ReplicaId> remover = Optional.empty();
    private long removal;

    Element(String key, String text, ReplicaId by, long number) {
      this.key = key;
      this.text = text;
      this.by = by;
      this.number = number;
    }
  }

  private final Random random;
  private final Limits limits;
  private final boolean isGated;
  private final HandoverFault fault;
  private final boolean mayForget;
  private final Map<String, Replication> nodes = new TreeMap<>();
  private final Map<String, Replication> lonely = new TreeMap<>(); // evicted, and not back
  private final Map<String, Inheritance> made = new TreeMap<>();
  private final List<Packet> inFlight = new ArrayList<>();
  private final List<Standing> decided = new ArrayList<>();
  private final List<Element> elements = new ArrayList<>();
  private final Set<String> goneAt = new HashSet<>();
  private boolean isForgetful;
  private Registry registry = Registry.EMPTY;
  private long starts;
  private int dropped;

  /**
   * @param mayForget whether nodes lose their memory
   * @param isGated whether those of another generation are not heard, as it has to be
   */
  RegistryWorld(
      Random random, Limits limits, boolean mayForget, boolean isGated, HandoverFault fault) {
    this.random = random;
    this.limits = limits;
    this.isGated = isGated;
    this.fault = fault;
    this.mayForget = mayForget;
    decided.add(registry.standing());
    for (int i = 1; i <= NODES - 1; i++) {
      start("n" + i);
    }
  }

  /** How many keys were dropped. */
  int dropped() {
    return dropped;
  }

  private void decide(Registry then) {
    if (then.number() != registry.number()) {
      decided.add(then.standing());
    }
    registry = then;
  }

  private void start(String node) {
    isForgetful |= nodes.containsKey(node) || lonely.remove(node) != null;
    begin(node, List.of());
  }

  private void begin(String node, List<Inherited<?>> inherited) {
    decide(registry.enrol(node, ++starts));
    var standing = registry.standing();
    var self = standing.at(node).orElseThrow();
    nodes.put(node, Replication.of(self, List.of(), List.of(COUNTERS, SETS), limits));
    learn(node, standing);
    for (var change : inherited) {
      take(node, change.on(nodes.get(node)));
    }
    made.put(node, Inheritance.NONE.made(0, nodes.get(node).lastChange()));
  }

  private void report(String node) {
    var replica = nodes.get(node);
    boolean isKnown = made.getOrDefault(node, Inheritance.NONE).isKnownToAll(replica);
    long number = isKnown ? replica.standing().number() : Reporting.NOTICE;
    decide(registry.report(replica.self(), number, replica.merged()));
  }

  /** What the actor does with a standing. */
  private void learn(String node, Standing standing) {
    var replica = nodes.get(node);
    if (replica == null || standing.number() <= replica.standing().number()) {
      return;
    }
    if (!standing.has(replica.self())) {
      nodes.remove(node);
      lonely.put(node, replica);
      return;
    }
    var others = new TreeSet<>(standing.members().values());
    others.remove(replica.self());
    for (var other : replica.outgoing().others().keySet()) {
      replica = others.contains(other) ? replica : replica.left(other);
    }
    for (var other : others) {
      replica = replica.joined(other);
    }
    int before = replica.keyCount();
    var after = replica.at(standing);
    dropped += before - after.keyCount();
    nodes.put(node, after);
    take(node, after.resend(other -> false));
  }

  private void take(String node, Step step) {
    nodes.put(node, step.after());
    for (var effect : step.effects()) {
      assertThat(effect).isNotInstanceOf(Effect.Refused.class);
      if (effect instanceof Effect.Send send) {
        var self = step.after();
        inFlight.add(
            new Packet(
                self.self(),
                send.to(),
                self.standing().generation(),
                MessageCodec.encode(send.message())));
      }
    }
    check(step.after());
  }

  private void deliver(Packet packet) {
    for (var entry : List.copyOf(nodes.entrySet())) {
      var replica = entry.getValue();
      if (replica.self().equals(packet.to()) && replica.standing().has(packet.from())) {
        if (Gate.hears(packet.generation(), replica.standing()) || !isGated) {
          take(entry.getKey(), replica.receive(MessageCodec.decode(packet.bytes())));
        }
      }
    }
  }

  private void deliverOne() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var packet = inFlight.get(index);
    if (random.nextInt(6) > 0) {
      inFlight.remove(index);
    }
    if (random.nextInt(10) > 0) {
      deliver(packet);
    }
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private List<String> on() {
    return List.copyOf(nodes.keySet());
  }

  /** One thing happens. */
  void step() {
    String node = any(on());
    var replica = nodes.get(node);
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> change(node);
      case 4, 5 -> take(node, replica.flush());
      case 6 -> take(node, replica.resend(other -> false));
      case 7 -> {
        search(node);
        fetch(node);
      }
      case 8, 9 -> report(node);
      case 10, 11 -> learn(node, decided.get(random.nextInt(decided.size())));
      case 12 -> learn(node, registry.standing());
      case 13 -> rarely();
      default -> deliverOne();
    }
  }

  private void rarely() {
    String node = "n" + (1 + random.nextInt(NODES));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (mayForget || !registry.members().containsKey(node) && !lonely.containsKey(node)) {
          start(node); // its memory is lost, or it is new
        }
      }
      case 1 -> {
        try {
          decide(registry.evict(node));
        } catch (IllegalArgumentException refused) {
          assertThat(refused.getMessage()).contains("replica");
        }
      }
      default -> comeBack(node);
    }
  }

  /** An evicted one goes on under a new id as soon as it is known what the others have of it. */
  private void comeBack(String node) {
    var replica = lonely.get(node);
    if (replica != null && registry.standing().isSettled(replica.self())) {
      lonely.remove(node);
      long known = registry.standing().changesOf(replica.self()).orElseThrow();
      begin(node, fault.changesAfter(replica, known));
    }
  }

  private void fetch(String node) {
    var replica = nodes.get(node);
    String key = "set/k" + random.nextInt(3);
    take(node, replica.fetch(1, key, replica.outgoing().others().keySet()));
  }

  private void search(String node) {
    var others = List.copyOf(nodes.get(node).outgoing().others().keySet());
    if (!others.isEmpty()) {
      take(node, nodes.get(node).search(others.get(random.nextInt(others.size()))));
    }
  }

  private void change(String node) {
    var replica = nodes.get(node);
    var self = replica.self();
    String key = "set/k" + random.nextInt(3);
    long number = replica.lastChange() + 1;
    if (random.nextInt(4) == 0) {
      take(node, replica.update(COUNTERS, "counter/x", it -> it.add(self, 1)));
      return;
    }
    var present = List.copyOf(replica.value(SETS, key).elements());
    if (present.isEmpty() || random.nextInt(5) < 2) {
      var element = new Element(key, "e" + (elements.size() + 1), self, number);
      elements.add(element);
      take(node, replica.update(SETS, key, set -> set.add(self, element.text)));
      return;
    }
    String text = any(present);
    for (var element : elements) {
      if (element.text.equals(text) && element.remover.isEmpty()) {
        element.remover = Optional.of(self);
        element.removal = number;
      }
    }
    take(node, replica.update(SETS, key, set -> set.remove(self, text)));
  }

  /** What a replica claims to have merged is there; what was removed before that is not. */
  private void check(Replication replica) {
    for (var element : elements) {
      boolean isShown = replica.value(SETS, element.key).elements().contains(element.text);
      String place = replica.self() + " " + element.text;
      if (element.remover.isPresent()
          && replica.merged().get(element.remover.get()) >= element.removal) {
        goneAt.add(place);
      }
      if (isShown && goneAt.contains(place)) {
        throw new AssertionError(
            "%s shows %s, which %s has removed"
                .formatted(replica.self(), element.text, element.remover.get()));
      }
      boolean isMerged = replica.merged().get(element.by) >= element.number;
      if (isMerged && !isShown && element.remover.isEmpty()) {
        throw new AssertionError(
            "%s lacks %s, which it has merged".formatted(replica.self(), element.text));
      }
    }
  }

  /** From here on nothing goes wrong, and all report, until everything is known to all. */
  void heal() {
    for (String node : List.copyOf(lonely.keySet())) {
      learnAll();
      comeBack(node);
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
      var before = registry.number();
      learnAll();
      lonely.keySet().stream().toList().forEach(this::comeBack);
      deliverAll();
      for (String node : on()) {
        take(node, nodes.get(node).resend(other -> false));
        search(node);
        deliverAll();
        report(node);
      }
      if (registry.number() == before && lonely.isEmpty() && isDone()) {
        return;
      }
    }
    throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds: " + registry);
  }

  private void learnAll() {
    on().forEach(node -> learn(node, registry.standing()));
  }

  private void deliverAll() {
    while (!inFlight.isEmpty()) {
      deliver(inFlight.remove(0));
    }
  }

  private boolean isDone() {
    boolean isAlike = nodes.values().stream().map(Replication::digest).distinct().count() == 1;
    return isAlike
        && nodes.values().stream()
            .allMatch(
                it ->
                    it.search().isEmpty()
                        && it.merged().equals(registry.stable())
                        && it.standing().number() == registry.number());
  }

  /** All have all, nothing is left of what is gone, and nobody who is gone is spoken of. */
  void areEqual() {
    var first = nodes.values().iterator().next();
    for (var replica : nodes.values()) {
      check(replica);
      assertThat(replica.digest()).isEqualTo(first.digest());
      assertThat(replica.merged()).isEqualTo(first.merged());
      for (int i = 0; i < 3; i++) {
        // who dropped a key knows less of dots that all know to be gone than who had more of it
        assertThat(replica.value(SETS, "set/k" + i).state().store())
            .isEqualTo(first.value(SETS, "set/k" + i).state().store());
      }
      assertThat(replica.value(COUNTERS, "counter/x"))
          .isEqualTo(first.value(COUNTERS, "counter/x"));
      replica.forEachKey("set/", key -> isSwept(replica, key));
    }
    for (var element : elements) {
      boolean isShown = first.value(SETS, element.key).elements().contains(element.text);
      if (!isShown && element.remover.isEmpty() && !isForgetful && !mayForget) {
        throw new AssertionError(element.text + " of " + element.by + " is lost");
      }
    }
  }

  private void isSwept(Replication replica, String key) {
    boolean[] isAhead = {false}; // a value that came before its changes, which are lost
    replica.version(key).forEach((id, number) -> isAhead[0] |= replica.standing().isSettled(id));
    if (isAhead[0]) {
      return;
    }
    var set = replica.value(SETS, key);
    assertThat(set.isBare()).as(key).isFalse();
    var alive = set.state().store().context();
    set.state()
        .context()
        .forEach(
            dot ->
                assertThat(alive.contains(dot) || !replica.standing().isSettled(dot.replica()))
                    .as("%s of %s", dot, key)
                    .isTrue());
    replica
        .version(key)
        .forEach(
            (id, number) -> assertThat(id.number() == 0 || replica.standing().has(id)).isTrue());
  }
}
