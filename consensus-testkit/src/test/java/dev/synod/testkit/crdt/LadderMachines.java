package dev.synod.testkit.crdt;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.LadderDoor;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Machines with a replicator and a ladder each, and a group that all of them reach. */
final class LadderMachines {

  /** An operation adds that element, as {@code +e1}, or removes it, as {@code -e1}. */
  static final LadderFamily<AddWinsSet<String>, String> SETS =
      LadderFamily.of(
          new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty()),
          String.class,
          (set, by, change) ->
              change.startsWith("+")
                  ? set.add(by, change.substring(1))
                  : set.remove(by, change.substring(1)));

  static final LadderFamily<BoundedCounter, Long> STOCK =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0)),
          Long.class,
          amount -> amount);

  private static final List<LadderFamily<?, ?>> FAMILIES = List.of(SETS, STOCK);

  private static final String SETTINGS =
      """
      synod.crdt.ladder {
        retry-interval = 100ms
        after-timeout = 300ms
        move-timeout = 1s
        answer-timeout = 2s
        tasks-at-a-time-max = 2
      }
      """;

  private static final Config CONFIG =
      ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load());

  /** After so long a call has ended, unless its node did. */
  static final Duration ANSWER = Duration.ofMillis(3500);

  private final Profile profile;
  private final Ids ids;
  private final SimulatedLadderGroup.Onlooker onlooker;
  private final Map<String, LadderDoor> doors = new HashMap<>();
  private final ReplicatorWorld machines;
  private Optional<SimulatedLadderGroup> group = Optional.empty();

  LadderMachines(
      long seed,
      int size,
      Ids ids,
      boolean isOnDisk,
      Profile profile,
      SimulatedLadderGroup.Onlooker onlooker) {
    this.profile = profile;
    this.ids = ids;
    this.onlooker = onlooker;
    this.machines =
        new ReplicatorWorld(
            seed,
            size,
            ids,
            ids == Ids.REGISTERED ? SETTINGS + Room.of(profile, seed) : SETTINGS,
            Shards.ONE,
            isOnDisk,
            List.of(SETS.values(), STOCK.values()),
            this::booted);
  }

  private void booted(Machine machine, ActorRef<ToReplicator> replicator) {
    var engine = machine.engine();
    var decides =
        group.orElseGet(
            () ->
                new SimulatedLadderGroup(
                    engine, FAMILIES, profile, node -> world().machine(node).isFrozen(), onlooker));
    group = Optional.of(decides);
    var data = ReplicatedValues.of(engine.system(), replicator);
    doors.put(
        machine.name(),
        LadderDoor.open(
            machine, CONFIG, FAMILIES, data, ids == Ids.REGISTERED, decides.at(machine.name())));
  }

  World world() {
    return machines.world();
  }

  ReplicatorWorld replicators() {
    return machines;
  }

  SimulatedLadderGroup group() {
    return group.orElseThrow();
  }

  /** The ladder of that machine's present life, if it is on. */
  Optional<LadderDoor> door(String node) {
    return world().machine(node).isUp() ? Optional.ofNullable(doors.get(node)) : Optional.empty();
  }

  void heal() {
    machines.heal();
    group().heal();
  }
}
