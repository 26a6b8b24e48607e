package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.history.check.SessionChecker;
import dev.synod.testkit.history.model.RegisterModel;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One seed: clients and faults for a while, then peace, in which all replicas must become equal.
 * What was broken comes out as the property's name, a colon and how; nothing if all is well.
 */
public final class ReplicatorRun implements Function<Map<String, Object>, String> {

  private static final Duration PEACE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SWEEPING = Duration.ofSeconds(10);
  private static final int OTHER_KEYS = 2;
  private static final int SESSIONS = 5;

  private final Shards shards;
  private Optional<String> broken = Optional.empty();
  private ReplicatorWorld machines;
  private Knowledge knowledge = new Knowledge(true);
  private HistoryRecorder history;
  private final List<Knowledge.Confirmed> counted = new ArrayList<>();
  private final Map<String, Integer> evictions = new TreeMap<>();
  private boolean isCalm;
  private int counting;
  private int ears;
  private int values;
  private Ids ids = Ids.DRAWN;
  private boolean isOnDisk;

  /** With all keys in one shard, unless {@link #apply} is told otherwise. */
  public ReplicatorRun() {
    this(Shards.ONE);
  }

  ReplicatorRun(Shards shards) {
    this.shards = shards;
  }

  /**
   * What a run did.
   *
   * @param broken the first property that did not hold, and how
   */
  record Result(Optional<String> broken, Map<String, Integer> tally, long steps, long trace) {}

  /** See {@link #run}; each seed in a run of its own. */
  @Override
  public String apply(Map<String, Object> wanted) {
    var divided =
        new Shards(
            (int) wanted.getOrDefault("shards", 1), (boolean) wanted.getOrDefault("apart", false));
    return new ReplicatorRun(divided)
        .run(
            (long) wanted.get("seed"),
            Profile.valueOf((String) wanted.get("profile")),
            Duration.ofSeconds((int) wanted.get("seconds")),
            Ids.valueOf((String) wanted.get("ids")),
            (boolean) wanted.getOrDefault("onDisk", false))
        .broken()
        .orElse("");
  }

  /** Runs that seed, on 2 to 4 machines. */
  Result run(long seed, Profile profile, Duration length, Ids ids) {
    return run(seed, profile, length, ids, false);
  }

  /**
   * The same.
   *
   * @param onDisk whether replicas keep what they have: then a crash loses nothing that was
   *     confirmed
   */
  Result run(long seed, Profile profile, Duration length, Ids ids, boolean onDisk) {
    int size = 2 + (int) Math.floorMod(seed, 3L);
    this.ids = ids;
    isOnDisk = onDisk;
    isCalm = profile == Profile.CALM;
    machines =
        new ReplicatorWorld(
            seed, size, ids, ids == Ids.REGISTERED ? Room.of(profile, seed) : "", shards, onDisk);
    knowledge = new Knowledge(ids != Ids.REGISTERED || isCalm);
    history = new HistoryRecorder(() -> engine().nanoTime());
    machines.world().network().quality(profile.quality());
    var sessions = new ArrayList<Session>();
    for (int i = 1; i <= SESSIONS; i++) {
      var session = new Session(this, "c" + i, engine().chance("session " + i));
      sessions.add(session);
      session.next();
    }
    var evicting = ids == Ids.REGISTERED ? Optional.of(evicting()) : Optional.<Evicting>empty();
    evicting.ifPresent(Evicting::next);
    if (shards.count() > 1 && !isCalm) {
      machines.deafness().next();
    }
    var faults =
        isOnDisk
            ? Nemesis.keepingData(profile, size, length, seed)
            : Nemesis.schedule(profile, size, length, seed);
    var playing = faults.play(machines.world());
    engine().runUntil(broken::isPresent, length);
    playing.stop();
    evicting.ifPresent(Evicting::stop);
    sessions.forEach(Session::stop);
    machines.heal();
    if (broken.isEmpty()) {
      engine().runFor(Duration.ofSeconds(3));
      becomeEqual();
    }
    if (broken.isEmpty()) {
      var report = SessionChecker.check(history.history(), new RegisterModel("nil"));
      broken = report.holds() ? Optional.empty() : Optional.of("session guarantees: " + report);
    }
    var tally = new TreeMap<>(knowledge.tally());
    tally.put("swept", broken.isEmpty() && ids == Ids.REGISTERED && isSwept() ? 1 : 0);
    return new Result(broken, tally, engine().steps(), engine().trace().hash());
  }

  Engine engine() {
    return machines.world().engine();
  }

  Knowledge knowledge() {
    return knowledge;
  }

  HistoryRecorder history() {
    return history;
  }

  List<String> nodes() {
    return List.copyOf(machines.world().names());
  }

  private Evicting evicting() {
    return new Evicting(
        engine(),
        nodes(),
        node -> {
          String address = Machine.addressOf(node);
          // On disk one at a time: then nothing is lost.
          boolean mayBe = !isOnDisk || machines.registry().isSettled();
          if (mayBe && machines.registry().tryDecide(it -> it.evict(address))) {
            evictions.merge(node, 1, Integer::sum);
          }
        });
  }

  /**
   * How often each machine was booted, unless it loses nothing by that, or evicted: what only it
   * had may be gone since. Where machines lose what they have, too, what an evicted one had of
   * others is given up when it comes back.
   */
  Map<String, Integer> lives() {
    var lives = new TreeMap<String, Integer>();
    for (var machine : machines.world().machines()) {
      String name = machine.name();
      int again = isCalm || isOnDisk ? 0 : machines.registry().enrolments(machine.address());
      int booted = isOnDisk ? 1 : machine.lives();
      lives.put(name, booted + evictions.getOrDefault(name, 0) + again);
    }
    return lives;
  }

  long wallMillis() {
    return machines.world().machines().get(0).wallTime().toEpochMilli();
  }

  String fresh() {
    return "v" + ++values;
  }

  /** Keeps the first thing that is wrong. */
  void found(Optional<String> wrong) {
    broken = broken.or(() -> wrong);
  }

  void counting() {
    counting++;
  }

  void counted(Knowledge.Confirmed confirmed) {
    counted.add(confirmed);
  }

  Shards shards() {
    return shards;
  }

  /** Tells whoever has that key there. */
  void tell(String node, String key, ToReplicator message) {
    machines.replicator(node, key).ifPresent(replicator -> replicator.tell(message));
  }

  /** All replicators, by a name. */
  private void describe(Map<String, Description> seen) {
    for (String node : nodes()) {
      for (int shard = 0; shard < shards.count(); shard++) {
        String name = shard + " " + node;
        ActorRef<Description> ear = ear(it -> seen.put(name, it));
        var message = new Replicator.Describe(ear);
        machines.replicator(node, shard).ifPresent(it -> it.tell(message));
      }
    }
  }

  /** An actor that hears one thing. */
  <R> ActorRef<R> ear(Consumer<R> hears) {
    return engine()
        .spawn(
            Behaviors.<R>receiveMessage(
                message -> {
                  hears.accept(message);
                  return Behaviors.stopped();
                }),
            "ear-" + ++ears);
  }

  /**
   * Where all have an element, each shows it, unless another replica is there by now.
   *
   * @param replicas how many there had been at each node when it was added
   */
  void confirmed(int element, int copies, Map<String, Integer> replicas) {
    String text = Knowledge.text(element);
    for (String node : copies < nodes().size() ? List.<String>of() : nodes()) {
      read(
          node,
          ReplicatorWorld.SETS,
          knowledge.key(element),
          value -> {
            boolean isSame = replicas().get(node).equals(replicas.get(node));
            if (isSame && knowledge.isLeftAlone(element) && !value.contains(text)) {
              found(Optional.of("confirmed by all: %s lacks %s".formatted(node, text)));
            }
          });
    }
  }

  /** How many replicas each node has had. */
  Map<String, Integer> replicas() {
    return machines.replicas();
  }

  private <T extends Lattice<T>> void read(
      String node, Family<T> family, String key, Consumer<T> then) {
    ActorRef<ReadOutcome<T>> ear =
        ear(
            outcome -> {
              if (outcome instanceof ReadOutcome.Found<T> found) {
                then.accept(found.value());
              }
            });
    tell(node, key, new Replicator.Get<>(family, key, Consistency.local(), ear));
  }

  private void becomeEqual() {
    var seen = new TreeMap<String, Description>();
    long begin = engine().nanoTime();
    long until = begin + PEACE.toNanos();
    while (!areEqual(seen) && engine().nanoTime() < until) {
      if (engine().nanoTime() - begin > PATIENCE.toNanos()) {
        evictUnknown(seen);
      }
      seen.clear();
      describe(seen);
      engine().runFor(LOOK);
    }
    if (!areEqual(seen)) {
      found(Optional.of("convergence: after %s of peace: %s".formatted(PEACE, seen)));
      return;
    }
    compareValues();
    if (shards.count() > 1) {
      found(new Crossing(this).wrong());
    }
  }

  private void evictUnknown(Map<String, Description> seen) {
    seen.forEach(
        (node, it) -> {
          String address = Machine.addressOf(node.substring(node.indexOf(' ') + 1));
          machines.registry().evictUnknown(address, it.self());
        });
  }

  private boolean areEqual(Map<String, Description> seen) {
    int others = nodes().size() - 1;
    return seen.size() == nodes().size() * shards.count()
        && seen.values().stream().allMatch(it -> it.others().size() == others && it.pending() == 0)
        && IntStream.range(0, shards.count()).allMatch(it -> areEqual(it + " ", seen));
  }

  /** Whether those are whose names begin so. */
  private static boolean areEqual(String shard, Map<String, Description> seen) {
    return seen.entrySet().stream()
            .filter(it -> it.getKey().startsWith(shard))
            .map(it -> List.of(it.getValue().digest(), it.getValue().merged()))
            .distinct()
            .count()
        == 1;
  }

  private void compareValues() {
    var sets = new TreeMap<String, Set<String>>();
    for (String key : shards.keys()) {
      var values = valuesOf(ReplicatorWorld.SETS, key);
      sets.put(key, values.get(0).elements());
    }
    valuesOf(ReplicatorWorld.REGISTERS, "register/x");
    long count = valuesOf(ReplicatorWorld.COUNTERS, "counter/total").get(0).value();
    found(knowledge.atTheEnd(sets, lives()));
    long least = counted.stream().filter(it -> it.survives(lives())).count();
    if (count < least || count > counting) {
      found(Optional.of("counted once: %d of %d to %d".formatted(count, least, counting)));
    }
  }

  private <T extends Lattice<T>> List<T> valuesOf(Family<T> family, String key) {
    var values = new ArrayList<T>();
    nodes().forEach(node -> read(node, family, key, values::add));
    engine().runFor(LOOK);
    if (values.size() != nodes().size()
        || values.stream().map(this::alive).distinct().count() != 1) {
      found(Optional.of("convergence: %s is %s".formatted(key, values)));
    }
    return values;
  }

  /**
   * What of a value has to be equal everywhere. With a registry, who has dropped a key knows less
   * of dots that all know to be gone (ADR 31).
   */
  private Object alive(Lattice<?> value) {
    return ids == Ids.REGISTERED && value instanceof AddWinsSet<?> set
        ? set.state().store()
        : value;
  }

  /**
   * Whether nothing is left of sets once all their elements are removed. Something is, for ever, of
   * a value that came by itself before the changes that it has, if their replica is lost.
   */
  private boolean isSwept() {
    for (String key : shards.keys()) {
      ActorRef<UpdateOutcome> ear = ear(outcome -> {});
      tell(
          nodes().get(0),
          key,
          new Replicator.Update<>(
              ReplicatorWorld.SETS, key, (set, me) -> set.clear(me), Consistency.all(LOOK), ear));
    }
    var seen = new TreeMap<String, Description>();
    engine().runFor(SWEEPING);
    describe(seen);
    engine().runFor(LOOK);
    return seen.values().stream()
        .allMatch(it -> it.keys() <= OTHER_KEYS && it.merged().size() <= nodes().size() + 1);
  }
}
