package dev.synod.testkit.crdt;

import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One seed: clients of a ladder, moves and faults for a while, then peace, in which all entities
 * come down and all nodes become equal. What was broken comes out as the property's name, a colon
 * and how; nothing if all is well.
 */
public final class LadderRun implements Function<Map<String, Object>, String> {

  private static final Duration PEACE = Duration.ofSeconds(60);

  /** After which somebody looks who is there. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int CLIENTS = 5;
  private static final int MOVERS = 2;

  private final LadderPeriods periods = new LadderPeriods(this::engine);
  private final LadderLedger ledger = new LadderLedger(this, periods);
  private final List<LadderClient> clients = new ArrayList<>();
  private final Set<String> arrived = new TreeSet<>();
  private Optional<String> broken = Optional.empty();
  private Optional<LadderMachines> machines = Optional.empty();
  private boolean isOnDisk;
  private boolean isRegistered;
  private int evictions;
  private boolean isCalm;
  private int ears;

  /** What a run did. */
  record Result(Optional<String> broken, Map<String, Integer> tally, long steps, long trace) {}

  /** See {@link #run}; each seed in a run of its own. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return new LadderRun()
        .run(
            (long) wanted.get("seed"),
            Profile.valueOf((String) wanted.get("profile")),
            Duration.ofSeconds((int) wanted.get("seconds")),
            Ids.valueOf((String) wanted.get("ids")),
            (boolean) wanted.get("onDisk"))
        .broken()
        .orElse("");
  }

  /** Runs that seed, on 2 to 4 machines; every other one with evictions, mostly wrong ones. */
  Result run(long seed, Profile profile, Duration length, Ids ids, boolean onDisk) {
    int size = 2 + (int) Math.floorMod(seed, 3L);
    isOnDisk = onDisk;
    isCalm = profile == Profile.CALM;
    var started = new LadderMachines(seed, size, ids, onDisk, profile, ledger);
    machines = Optional.of(started);
    started.world().network().quality(profile.quality());
    for (int i = 1; i <= CLIENTS + MOVERS; i++) {
      var client = new LadderClient(this, engine().chance("client " + i), i > CLIENTS);
      clients.add(client);
      client.next();
    }
    isRegistered = ids == Ids.REGISTERED;
    var evicting = new Evicting(engine(), nodes(), this::evict);
    if (isRegistered || seed % 2 == 0) {
      evicting.next();
    }
    var faults =
        isOnDisk
            ? Nemesis.keepingData(profile, size, length, seed)
            : Nemesis.schedule(profile, size, length, seed);
    var playing = faults.play(started.world());
    engine().runUntil(broken::isPresent, length);
    playing.stop();
    evicting.stop();
    clients.forEach(LadderClient::stop);
    started.heal();
    if (broken.isEmpty()) {
      engine().runFor(Duration.ofSeconds(5));
      haveArrived();
    }
    if (broken.isEmpty()) {
      comeDown();
    }
    if (broken.isEmpty()) {
      becomeEqual();
    }
    if (broken.isEmpty()) {
      broken = periods.check();
    }
    ledger.tally().put("periods", periods.count());
    ledger.tally().put("undecided", periods.undecided());
    return new Result(broken, ledger.tally(), engine().steps(), engine().trace().hash());
  }

  LadderMachines machines() {
    return machines.orElseThrow();
  }

  Engine engine() {
    return machines().world().engine();
  }

  LadderLedger ledger() {
    return ledger;
  }

  LadderPeriods periods() {
    return periods;
  }

  /**
   * A number that changes whenever something that only this node had may be gone: at each boot, if
   * nothing is on disk; where machines are lost, what an evicted one had of others is given up,
   * too.
   */
  int losses(String node) {
    int boots = isOnDisk ? 1 : machines().world().machine(node).lives();
    return boots + (isCalm ? 0 : enrolments(node));
  }

  /** How many ids that node was given by a registry. */
  int enrolments(String node) {
    return machines().replicators().registry().enrolments(Machine.addressOf(node));
  }

  List<String> nodes() {
    return List.copyOf(machines().world().names());
  }

  /** Keeps the first thing that is wrong. */
  void found(Optional<String> wrong) {
    broken = broken.or(() -> wrong);
  }

  private void evict(String node) {
    String address = Machine.addressOf(node);
    if (isRegistered && ++evictions % 3 > 0) {
      if (machines().replicators().registry().tryDecide(it -> it.evict(address))) {
        ledger.evicted(node);
        ledger.count("evicted from the registry");
      }
      return;
    }
    machines().group().decide(new LadderCommand.Evict(address));
  }

  /** A call was not answered in time. */
  void unanswered(String node) {
    if (isCalm) {
      found(Optional.of("calls end: " + node + " does not answer"));
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

  /** Nobody is gone, so no fence waits for anybody. */
  private void haveArrived() {
    var rungs = machines().group().state().rungs();
    for (String key : rungs.byKey().keys()) {
      if (rungs.of(key).isMoving()) {
        found(Optional.of("moves end: %s is %s".formatted(key, rungs.of(key))));
      }
    }
  }

  /** All entities come down, at each node. */
  private void comeDown() {
    long until = engine().nanoTime() + PEACE.toNanos();
    var keys = new ArrayList<>(LadderLedger.SET_KEYS);
    keys.add(LadderLedger.STOCK_KEY);
    int all = keys.size() * nodes().size();
    while (arrived.size() < all && engine().nanoTime() < until) {
      for (String node : nodes()) {
        keys.stream()
            .filter(key -> !arrived.contains(node + key))
            .forEach(key -> moveDown(node, key));
      }
      engine().runFor(Duration.ofMillis(1500));
    }
    if (arrived.size() < all) {
      found(
          Optional.of(
              "moves end: after %s of peace only %s have arrived; %s"
                  .formatted(PEACE, arrived, machines().group().state().rungs())));
    }
  }

  private void moveDown(String node, String key) {
    ActorRef<LadderOutcome> ear =
        ear(
            outcome -> {
              if (outcome instanceof LadderOutcome.Done) {
                arrived.add(node + key);
              }
            });
    machines().door(node).ifPresent(it -> it.move(key, ConsistencyMode.EVENTUAL, ear));
  }

  private void becomeEqual() {
    var seen = new TreeMap<String, Description>();
    long begin = engine().nanoTime();
    long until = begin + PEACE.toNanos();
    while (!areEqual(seen) && engine().nanoTime() < until) {
      if (engine().nanoTime() - begin > PATIENCE.toNanos()) {
        var registry = machines().replicators().registry();
        seen.forEach((node, it) -> registry.evictUnknown(Machine.addressOf(node), it.self()));
      }
      seen.clear();
      for (String node : nodes()) {
        ActorRef<Description> ear = ear(it -> seen.put(node, it));
        tell(node, new Replicator.Describe(ear));
      }
      engine().runFor(LOOK);
    }
    if (!areEqual(seen)) {
      found(Optional.of("convergence: after %s of peace: %s".formatted(PEACE, seen)));
      return;
    }
    var sets = new TreeMap<String, Set<String>>();
    for (String key : LadderLedger.SET_KEYS) {
      sets.put(key, valueOf(LadderMachines.SETS.values(), key).elements());
    }
    long stock = valueOf(LadderMachines.STOCK.values(), LadderLedger.STOCK_KEY).value();
    ledger.atTheEnd(sets, stock);
  }

  private boolean areEqual(Map<String, Description> seen) {
    int others = nodes().size() - 1;
    return seen.size() == nodes().size()
        && seen.values().stream().allMatch(it -> it.others().size() == others && it.pending() == 0)
        && seen.values().stream().map(Description::digest).distinct().count() == 1
        && seen.values().stream().map(Description::merged).distinct().count() == 1;
  }

  private void tell(String node, ToReplicator message) {
    machines().replicators().replicator(node, 0).ifPresent(it -> it.tell(message));
  }

  private <T extends Lattice<T>> T valueOf(Family<T> family, String key) {
    var values = new ArrayList<T>();
    for (String node : nodes()) {
      ActorRef<ReadOutcome<T>> ear =
          ear(
              outcome -> {
                if (outcome instanceof ReadOutcome.Found<T> found) {
                  values.add(found.value());
                }
              });
      tell(node, new Replicator.Get<>(family, key, Consistency.local(), ear));
    }
    engine().runFor(LOOK);
    if (values.size() != nodes().size() || values.stream().distinct().count() != 1) {
      found(Optional.of("convergence: %s is %s".formatted(key, values)));
    }
    return values.isEmpty() ? family.empty() : values.get(0);
  }
}
