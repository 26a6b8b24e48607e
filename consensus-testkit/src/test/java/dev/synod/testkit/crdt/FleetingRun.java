package dev.synod.testkit.crdt;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderDoor;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One seed: a ladder's actor on one node, whose replica is another one every moment, while an
 * entity moves up and down. What was broken comes out as the property's name, a colon and how;
 * nothing if all is well.
 */
public final class FleetingRun
    implements Function<Map<String, Object>, String>, SimulatedLadderGroup.Onlooker {

  private static final String KEY = "set/a";
  private static final String NODE = "n1";
  private static final Duration PEACE = Duration.ofSeconds(20);
  private static final List<ConsistencyMode> MODES =
      List.of(ConsistencyMode.EVENTUAL, ConsistencyMode.CAUSAL, ConsistencyMode.LINEARIZABLE);
  private static final String SETTINGS =
      """
      synod.crdt.ladder {
        retry-interval = 100ms
        after-timeout = 300ms
        move-timeout = 1s
        answer-timeout = 2s
      }
      """;

  private final LadderFamily<AddWinsSet<String>, String> sets =
      LadderFamily.of(
          new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty()),
          String.class,
          this::change);
  private final Set<String> byGroup = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<ReplicaId, Set<String>> byReplica = new HashMap<>();
  private final Map<String, Set<String>> changedOn = new HashMap<>();
  private CausalToken token = CausalToken.NONE;
  private Optional<String> broken = Optional.empty();
  private Optional<LadderDoor> door = Optional.empty();
  private Optional<FleetingReplica> replica = Optional.empty();
  private Optional<SimulatedLadderGroup> group = Optional.empty();
  private boolean isOver;
  private int number;

  /** Runs a seed in a run of its own. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return new FleetingRun().run((long) wanted.get("seed"), (int) wanted.get("seconds"));
  }

  String run(long seed, int seconds) {
    var config = ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load());
    var world = new World(seed, 1, config, this::boot);
    world.bootAll();
    var engine = world.engine();
    var draw = engine.chance("fleeting run");
    repeat(engine, draw, 20, () -> call(engine, draw));
    repeat(engine, draw, 300, () -> replica().becomesAnother());
    repeat(engine, draw, 400, () -> move(engine, MODES.get((int) draw.nextLong(MODES.size()))));
    engine.runUntil(broken::isPresent, Duration.ofSeconds(seconds));
    isOver = true;
    group().heal();
    if (broken.isEmpty()) {
      engine.runFor(Duration.ofSeconds(3));
      arrive(engine, ConsistencyMode.LINEARIZABLE);
      arrive(engine, ConsistencyMode.EVENTUAL);
      allIsThere(engine);
    }
    return broken.orElse("");
  }

  private void boot(Machine machine) {
    var engine = machine.engine();
    var config = ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load());
    List<LadderFamily<?, ?>> families = List.of(sets);
    var fleeting = new FleetingReplica(engine);
    var decides = new SimulatedLadderGroup(engine, families, Profile.FLAKY, node -> false, this);
    var data = ReplicatedValues.of(engine.system(), machine.spawn(fleeting.behavior(), "replica"));
    replica = Optional.of(fleeting);
    group = Optional.of(decides);
    door =
        Optional.of(
            LadderDoor.open(machine, config, families, data, true, decides.at(machine.name())));
  }

  private FleetingReplica replica() {
    return replica.orElseThrow();
  }

  private SimulatedLadderGroup group() {
    return group.orElseThrow();
  }

  private void repeat(Engine engine, Draw draw, int millis, Runnable what) {
    engine.after(
        Duration.ofMillis(1 + draw.nextLong(millis)),
        () -> {
          if (!isOver) {
            what.run();
            repeat(engine, draw, millis, what);
          }
        });
  }

  private <R> ActorRef<R> ear(Engine engine, Consumer<R> hears) {
    return engine.spawn(
        Behaviors.<R>receiveMessage(
            message -> {
              hears.accept(message);
              return Behaviors.stopped();
            }),
        "ear-" + ++number);
  }

  private void move(Engine engine, ConsistencyMode to) {
    door.orElseThrow().move(KEY, to, ear(engine, outcome -> {}));
  }

  private void call(Engine engine, Draw draw) {
    var before = Set.copyOf(seen);
    var after = draw.nextLong(6) == 0 ? CausalToken.NONE : token;
    boolean isServed = isServed();
    if (draw.nextLong(3) > 0) {
      String element = "e" + ++number;
      ActorRef<LadderOutcome> ear =
          ear(engine, outcome -> changed(element, outcome, after.isEmpty() ? Set.of() : before));
      door.orElseThrow().update(sets, KEY, element, after, ear);
      return;
    }
    var owed = new HashSet<>(byGroup);
    ActorRef<LadderRead<AddWinsSet<String>>> ear =
        ear(
            engine,
            outcome -> {
              if (outcome instanceof LadderRead.Found<AddWinsSet<String>> found) {
                boolean isLocal = found.mode().isLocal();
                check("linearizable", !isLocal || !isServed, "it is read while the group serves");
                read(found, owed, after.isEmpty() ? Set.of() : before);
              }
            });
    door.orElseThrow().read(sets, KEY, after, ear);
  }

  /**
   * What a session has seen is shown to it again while the entity is causal. The group may serve
   * before what a replica had done that is here no more is handed in by the next one.
   */
  private void read(
      LadderRead.Found<AddWinsSet<String>> found, Set<String> owed, Set<String> before) {
    var value = found.value().elements();
    contains(value, owed, "what is read, " + found.mode());
    if (found.mode() == ConsistencyMode.CAUSAL) {
      contains(value, before, "what is read, " + found.mode());
    }
    seen.addAll(value);
    token = token.merge(found.token());
  }

  private void changed(String element, LadderOutcome outcome, Set<String> before) {
    if (outcome instanceof LadderOutcome.Done it) {
      done.add(element);
      seen.add(element);
      token = token.merge(it.token());
      if (it.mode() == ConsistencyMode.CAUSAL) {
        contains(changedOn.getOrDefault(element, Set.of()), before, "what is changed");
      }
    }
  }

  /** A change that is done by the replica, or by the group. */
  private AddWinsSet<String> change(AddWinsSet<String> value, ReplicaId by, String element) {
    if (by.equals(LadderState.GROUP)) {
      byGroup.add(element);
    } else {
      check("linearizable", !isServed(), by + " changes it while the group serves");
      contains(value.elements(), byGroup, "what " + by + " changes");
      byReplica.computeIfAbsent(by, it -> new HashSet<>()).add(element);
      changedOn.put(element, value.elements());
    }
    return value.add(by, element);
  }

  private boolean isServed() {
    return group().state().rungs().of(KEY).isIn(ConsistencyMode.LINEARIZABLE);
  }

  private void contains(Set<String> all, Set<String> some, String who) {
    for (String one : some) {
      check("session guarantees", all.contains(one), who + " lacks " + one);
    }
  }

  private void check(String property, boolean holds, String otherwise) {
    if (!holds && broken.isEmpty()) {
      broken = Optional.of(property + ": " + otherwise);
    }
  }

  /** Who counts as having handed in its value has handed in all that it has done. */
  @Override
  public void applied(
      LadderCommand command, LadderReply reply, LadderState before, LadderState after) {
    if (!(command instanceof LadderCommand.Joined)) {
      return;
    }
    var value = sets.values().codec().decode(((Seen) after.query(new Look(KEY))).value());
    for (var joined : after.rungs().of(KEY).joined()) {
      for (String one : byReplica.getOrDefault(joined, Set.of())) {
        check("handed in", value.contains(one), "the group lacks %s of %s".formatted(one, joined));
      }
    }
  }

  private void arrive(Engine engine, ConsistencyMode mode) {
    boolean[] isThere = {false};
    long until = engine.nanoTime() + PEACE.toNanos();
    while (!isThere[0] && engine.nanoTime() < until) {
      ActorRef<LadderOutcome> ear =
          ear(engine, outcome -> isThere[0] |= outcome instanceof LadderOutcome.Done);
      door.orElseThrow().move(KEY, mode, ear);
      engine.runFor(Duration.ofMillis(1500));
    }
    check("moves end", isThere[0], "it is " + group().state().rungs().of(KEY));
  }

  private void allIsThere(Engine engine) {
    ActorRef<LadderRead<AddWinsSet<String>>> ear =
        ear(
            engine,
            outcome -> {
              if (outcome instanceof LadderRead.Found<AddWinsSet<String>> found) {
                var value = found.value().elements();
                done.forEach(it -> check("confirmed stays", value.contains(it), it + " is lost"));
              } else {
                check("moves end", false, outcome.toString());
              }
            });
    door.orElseThrow().read(sets, KEY, CausalToken.NONE, ear);
    engine.runFor(Duration.ofSeconds(1));
  }
}
