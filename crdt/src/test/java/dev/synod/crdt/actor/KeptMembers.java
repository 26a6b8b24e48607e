package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.registry.RegistryCommand.Report;
import dev.synod.crdt.rules.Replication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Nodes with replicas that are kept and that a registry knows. Between all of them a network that a
 * seed makes lose, double and reorder; nodes crash with what is not forced, lose their directories,
 * are evicted, and come back.
 */
final class KeptMembers {

  private static final int NODES = 4;
  private static final int ROUNDS_MAX = 400;

  private final Random random;
  private final boolean mayForget;
  private final boolean isCareful;
  private final Sightings sightings = new Sightings();
  private final Map<String, MemberNode> nodes = new TreeMap<>();
  private final Map<String, Standing> answers = new HashMap<>(); // to questions for ids
  private final List<PeerMessage> inFlight = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<Standing> decided = new ArrayList<>();
  private Registry registry = Registry.EMPTY;
  private long starts;
  private boolean isForgetful;
  private int returns;

  /**
   * @param mayForget whether nodes lose their directories
   * @param isCareful whether one is evicted at a time
   * @param changesKept how many of its changes a replica keeps one by one
   */
  KeptMembers(
      Random random, boolean mayForget, boolean isCareful, int changesKept, MemberFault fault) {
    this.random = random;
    this.mayForget = mayForget;
    this.isCareful = isCareful;
    for (int i = 0; i < 10; i++) {
      random.nextInt(); // the first ones are much alike for all seeds
    }
    int chunkBytes = Math.min(changesKept, 50); // what is handed over takes several records
    var store =
        new StoreSettings(random.nextBoolean() ? 300 : 1_000_000, chunkBytes, 100, 1000, 10);
    decided.add(registry.standing());
    for (int i = 1; i <= NODES; i++) {
      String name = "n" + i;
      var node =
          new MemberNode(name, store, changesKept, fault, sightings, inFlight::add, reports::add);
      nodes.put(name, node);
      if (i < NODES) {
        enrol(name, node);
        node.enrolled(answers.remove(name));
      }
    }
  }

  /** How often an evicted replica went on as another. */
  int returns() {
    return returns;
  }

  /** How many changes of those before were made anew. */
  int madeAnew() {
    return nodes.values().stream().mapToInt(MemberNode::madeAnew).sum();
  }

  /** How many records it took to hand them over, beside one for each return. */
  int parts() {
    return nodes.values().stream().mapToInt(MemberNode::parts).sum();
  }

  /** How many generations there were. */
  long generations() {
    return registry.generation();
  }

  private void decide(Registry then) {
    if (then.number() != registry.number()) {
      decided.add(then.standing());
    }
    registry = then;
  }

  private void enrol(String name, MemberNode node) {
    if (node.isEnrolling() && !answers.containsKey(name)) {
      decide(registry.enrol(name, ++starts));
      answers.put(name, registry.standing());
    }
  }

  private void answer(String name, MemberNode node) {
    var answer = answers.remove(name);
    if (answer != null) {
      returns += node.isReplica() ? 1 : 0;
      node.enrolled(answer);
    }
  }

  private String anyName() {
    return "n" + (1 + random.nextInt(NODES));
  }

  /** One thing happens. */
  void step() {
    String name = anyName();
    var node = nodes.get(name);
    switch (random.nextInt(28)) {
      case 0, 1 -> enrol(name, node);
      case 2 -> {
        answer(name, node);
        if (random.nextInt(3) == 0) {
          node.force(1 + random.nextInt(3));
          crash(name, node);
        }
      }
      case 3, 4 -> node.force(1 + random.nextInt(6));
      case 5 -> node.finishSnapshot();
      case 6 -> rarely(name, node);
      case 7 -> calm();
      case 8, 9, 10, 11, 12, 13, 14, 15, 16 -> {
        if (node.isReplica() && !node.isEnrolling()) {
          act(node);
        }
      }
      case 17, 18 -> hearReport();
      default -> deliverOne();
    }
  }

  private void act(MemberNode node) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> change(node);
      case 3 -> node.take(node.replica().flush());
      case 4 -> node.take(node.replica().resend(other -> false));
      case 5 -> search(node);
      case 6 -> {
        String key = "set/k" + random.nextInt(3);
        node.take(node.replica().fetch(1, key, node.others()));
      }
      case 7, 8 -> node.report();
      default -> {
        boolean isLate = random.nextBoolean();
        node.learn(isLate ? decided.get(random.nextInt(decided.size())) : registry.standing());
      }
    }
  }

  private void rarely(String name, MemberNode node) {
    switch (random.nextInt(6)) {
      case 0 -> {
        if (mayForget && random.nextBoolean()) {
          isForgetful = true;
          answers.remove(name);
          node.forget();
        }
      }
      case 1 -> evict(name);
      case 2, 3, 4 -> crash(name, node);
      default -> {}
    }
  }

  /** For a moment all goes well, but for one whose disk is slow, and who may crash then. */
  private void calm() {
    String slow = anyName();
    for (var node : nodes.values()) {
      if (!node.isEnrolling()) {
        node.learn(registry.standing());
        node.take(node.replica().resend(other -> false));
      }
    }
    settle(slow);
    for (var node : nodes.values()) {
      if (!node.isEnrolling()) {
        node.report();
      }
    }
    settle(slow);
    if (random.nextInt(3) == 0) {
      crash(slow, nodes.get(slow));
    }
  }

  private void evict(String name) {
    if (isCareful && !registry.gone().isEmpty()) {
      return;
    }
    try {
      decide(registry.evict(name));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).contains("replica");
    }
  }

  private void crash(String name, MemberNode node) {
    answers.remove(name);
    node.crash();
  }

  private void search(MemberNode node) {
    var others = node.others();
    if (!others.isEmpty()) {
      node.take(node.replica().search(others.get(random.nextInt(others.size()))));
    }
  }

  private void change(MemberNode node) {
    var replica = node.replica();
    var self = replica.self();
    String key = "set/k" + random.nextInt(3);
    if (random.nextInt(4) == 0) {
      sightings.counted(replica);
      node.change(replica.update(Sightings.COUNTERS, Sightings.COUNTER, it -> it.add(self, 1)));
      return;
    }
    var present = List.copyOf(replica.value(Sightings.SETS, key).elements());
    if (present.isEmpty() || random.nextInt(5) < 2) {
      String text = sightings.fresh();
      node.change(
          replica.update(
              Sightings.SETS,
              key,
              set -> {
                var delta = set.add(self, text);
                sightings.added(replica, key, text, delta);
                return delta;
              }));
      return;
    }
    remove(node, key, present.get(random.nextInt(present.size())));
  }

  private void remove(MemberNode node, String key, String text) {
    var replica = node.replica();
    sightings.removed(replica, text);
    node.change(replica.update(Sightings.SETS, key, set -> set.remove(replica.self(), text)));
  }

  private void hearReport() {
    if (!reports.isEmpty()) {
      var report = reports.remove(random.nextInt(reports.size()));
      if (random.nextInt(8) > 0) {
        decide(registry.report(report.by(), report.standing(), report.merged()));
      }
    }
  }

  private void deliverOne() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var message = inFlight.get(index);
    if (random.nextInt(6) > 0) {
      inFlight.remove(index); // else it comes twice
    }
    if (random.nextInt(10) > 0) {
      deliver(message);
    }
  }

  private void deliver(PeerMessage message) {
    nodes.values().forEach(node -> node.hear(message));
  }

  /** From here on nothing goes wrong, and all report, until everything is known to all. */
  void heal() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      long before = registry.number();
      nodes.forEach(this::enrol);
      nodes.forEach(this::answer);
      nodes.values().forEach(node -> node.learn(registry.standing()));
      settle("nobody");
      for (var node : nodes.values()) {
        if (!node.isEnrolling()) {
          node.take(node.replica().resend(other -> false));
          search(node);
          settle("nobody");
          node.report();
          settle("nobody");
        }
      }
      if (registry.number() == before && isDone()) {
        return;
      }
    }
    throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds: " + registry);
  }

  /** All that waits is forced, but for one node, and arrives. */
  private void settle(String slow) {
    boolean isQuiet = false;
    while (!isQuiet) {
      for (var entry : nodes.entrySet()) {
        if (!entry.getKey().equals(slow)) {
          entry.getValue().force(Integer.MAX_VALUE);
          entry.getValue().finishSnapshot();
        }
      }
      isQuiet = inFlight.isEmpty() && reports.isEmpty();
      if (!inFlight.isEmpty()) {
        deliver(inFlight.remove(0));
      } else if (!reports.isEmpty()) {
        var report = reports.remove(0);
        decide(registry.report(report.by(), report.standing(), report.merged()));
      }
    }
  }

  private boolean isDone() {
    return nodes.values().stream().allMatch(it -> it.isReplica() && !it.isEnrolling())
        && replicas().stream().map(Replication::digest).distinct().count() == 1
        && nodes.values().stream().allMatch(MemberNode::hasAllInherited)
        && replicas().stream()
            .allMatch(
                it ->
                    it.search().isEmpty()
                        && it.merged().equals(registry.stable())
                        && it.standing().number() == registry.number());
  }

  private List<Replication> replicas() {
    return nodes.values().stream().map(MemberNode::replica).toList();
  }

  /** All have all; and nothing is lost, unless a directory was. */
  void areEqual() {
    var first = replicas().get(0);
    for (var replica : replicas()) {
      sightings.check(replica);
      assertThat(replica.digest()).isEqualTo(first.digest());
      assertThat(replica.merged()).isEqualTo(first.merged());
      for (int i = 0; i < 3; i++) {
        assertThat(replica.value(Sightings.SETS, "set/k" + i).state().store())
            .isEqualTo(first.value(Sightings.SETS, "set/k" + i).state().store());
      }
      assertThat(replica.value(Sightings.COUNTERS, Sightings.COUNTER))
          .isEqualTo(first.value(Sightings.COUNTERS, Sightings.COUNTER));
    }
    if (!isForgetful) {
      sightings.checkAll(first, isCareful);
    }
  }

  /** One removes all elements: then all forget that they were there. */
  void removeAll() {
    var node = nodes.get("n1");
    for (int i = 0; i < 3; i++) {
      String key = "set/k" + i;
      for (String text : node.replica().value(Sightings.SETS, key).elements()) {
        remove(node, key, text);
      }
    }
  }

  /** All restart at once, and are what they were. */
  void restartAll() {
    nodes.values().forEach(node -> node.force(Integer.MAX_VALUE));
    nodes.forEach(this::crash);
  }
}
