package dev.synod.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.core.Outcome;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A group of so many replicas as {@code ./synod compare} looks at it: in virtual time, as shipped,
 * where nothing takes time but what is asked about. So its numbers are exact, and the same each
 * time.
 */
final class ComparedGroup {

  /** Writes under way at a time, where there are many. */
  static final int TOGETHER = 64;

  /** From one machine to another; an answer takes as long. */
  static final Duration DELAY = Duration.ofMillis(10);

  /** What a force of a slow disk takes. */
  static final Duration SLOW = Duration.ofMillis(100);

  /** How often a leader is lost, in groups of different seeds. */
  static final int LEADERS_LOST = 20;

  /** No segment is full, and no snapshot due, among the writes that are counted. */
  private static final String ROOM =
      "synod.log.segment-bytes = 1 MiB, %s.snapshot-after-entries = 100000";

  /** Until everything that a write brings about is over. */
  private static final Duration CALM = Duration.ofNanos(100_000);

  private static final int WRITES = 100;
  private static final int WAVES = 16;
  private static final int WRITES_FEW = 20;
  private static final double MILLION = 1e6;

  private final SimProtocol protocol;
  private final int replicas;
  private final Config config;

  ComparedGroup(SimProtocol protocol, int replicas) {
    this.protocol = protocol;
    this.replicas = replicas;
    this.config =
        ConfigFactory.parseString(ROOM.formatted(protocol.settings()))
            .withFallback(GroupSettings.smallLogs());
  }

  /** All of it. */
  Compared look() {
    return looked(lostMillis());
  }

  /** All but what a lost leader costs, which takes longest. */
  Compared count() {
    return looked(List.of());
  }

  private Compared looked(List<Long> lostMillis) {
    var alone = new Cost();
    var together = new Cost();
    double messages = alone.of(1, WRITES);
    double messagesTogether = together.of(TOGETHER, WAVES);
    return new Compared(
        messages,
        alone.kinds(),
        messagesTogether,
        alone.forces,
        together.forces,
        roundTrips(true),
        roundTrips(false),
        roundTripsToAll(),
        slowDiskMillis(),
        lostMillis);
  }

  /** A group that has a leader, and where nothing takes time. */
  private final class Settled {
    final Simulation simulation;
    final SimulatedGroup<Long, Long> group;
    final String leader;
    final String other;

    Settled(long seed) {
      simulation = new Simulation(seed, replicas, Profile.CALM, config);
      group = simulation.start("sum", Total::new, protocol.protocol());
      group.ask("n1", 0L);
      leader = simulation.world().names().stream().filter(this::leads).findFirst().orElseThrow();
      other =
          simulation.world().names().stream()
              .filter(name -> !name.equals(leader))
              .findFirst()
              .orElse(leader);
    }

    private boolean leads(String node) {
      return group.replica(node).role().equals(protocol.lens().leading());
    }

    /** From now on messages take so long, and disks no time. */
    Settled with(Duration delay) {
      simulation.world().network().quality(new LinkQuality(delay, Duration.ZERO, 0, 0, 0));
      simulation
          .world()
          .machines()
          .forEach(machine -> machine.disk().latency(Duration.ZERO, Duration.ZERO));
      simulation.advance(Duration.ofSeconds(1));
      write(leader, WRITES_FEW);
      write(other, 1);
      return this;
    }

    long now() {
      return simulation.world().engine().nanoTime();
    }

    /** One after the other. */
    void write(String node, int writes) {
      for (int i = 0; i < writes; i++) {
        taken(group.on(node).propose(1L));
      }
    }

    void taken(CompletionStage<Outcome<Long>> write) {
      var outcome = simulation.await(write);
      if (!(outcome instanceof Outcome.Ok)) {
        throw new IllegalStateException("a write was not taken: " + outcome);
      }
    }

    /** Long enough before the next heartbeat that none falls among the writes that follow. */
    void afterHeartbeat() {
      simulation.advance(CALM);
      var heard = new AtomicBoolean(replicas == 1);
      counting(message -> heard.set(true));
      simulation.eventually("a heartbeat", heard::get, Duration.ofSeconds(1));
      simulation.advance(Duration.ofMillis(5));
    }

    /** From now on, each message of the protocol between two machines. */
    void counting(Consumer<Object> counter) {
      simulation
          .world()
          .network()
          .observer(
              (from, to, message) -> {
                if (protocol.lens().isProtocol(message)) {
                  counter.accept(message);
                }
              });
    }

    /** Whether all replicas have applied what any of them has. */
    boolean haveAllTheSame() {
      return group.view().replicas().stream().mapToLong(ReplicaView::committed).distinct().count()
          == 1;
    }

    long forces() {
      return simulation.world().machines().stream().mapToLong(one -> one.disk().forces()).sum();
    }
  }

  /** What crosses the network and what disks are forced to do for a write. */
  private final class Cost {
    private final Map<String, Long> byKind = new TreeMap<>();
    private int writes;
    private double forces;

    double of(int atATime, int waves) {
      writes = atATime * waves;
      var settled = new Settled(1).with(Duration.ZERO);
      settled.afterHeartbeat();
      long before = settled.forces();
      settled.counting(message -> byKind.merge(kindOf(message), 1L, Long::sum));
      for (int wave = 0; wave < waves; wave++) {
        Stream.generate(() -> settled.group.on(settled.leader).propose(1L))
            .limit(atATime)
            .toList()
            .forEach(settled::taken);
        settled.simulation.advance(CALM);
      }
      forces = (settled.forces() - before) / (double) writes;
      return byKind.values().stream().mapToLong(Long::longValue).sum() / (double) writes;
    }

    String kinds() {
      return byKind.entrySet().stream()
          .map(kind -> "%s %s".formatted(kind.getKey(), Compare.number(kind.getValue(), writes)))
          .collect(Collectors.joining(", "));
    }
  }

  private String kindOf(Object message) {
    return protocol.lens().spoken(message).getClass().getSimpleName();
  }

  private double roundTrips(boolean atLeader) {
    var settled = new Settled(1).with(DELAY);
    return nanosOfWrite(settled, atLeader ? settled.leader : settled.other)
        / (2.0 * DELAY.toNanos());
  }

  /** At any moment between two heartbeats. */
  private double roundTripsToAll() {
    var settled = new Settled(1).with(DELAY);
    long nanos = 0;
    for (int i = 0; i < WRITES_FEW; i++) {
      settled.simulation.advance(Duration.ofMillis(100 + 7 * i));
      long before = settled.now();
      settled.write(settled.leader, 1);
      settled.simulation.eventually("all have it", settled::haveAllTheSame, Duration.ofSeconds(1));
      nanos += settled.now() - before;
    }
    return nanos / (2.0 * DELAY.toNanos() * WRITES_FEW);
  }

  private double slowDiskMillis() {
    var settled = new Settled(1).with(Duration.ZERO);
    settled.simulation.world().machine(settled.leader).disk().latency(SLOW, SLOW);
    settled.write(settled.leader, 1);
    return nanosOfWrite(settled, settled.leader) / MILLION;
  }

  private static double nanosOfWrite(ComparedGroup.Settled settled, String node) {
    long before = settled.now();
    settled.write(node, WRITES_FEW);
    return (settled.now() - before) / (double) WRITES_FEW;
  }

  private List<Long> lostMillis() {
    return replicas < 3
        ? List.of()
        : LongStream.rangeClosed(1, LEADERS_LOST).map(this::lostMillis).sorted().boxed().toList();
  }

  /** Milliseconds, from any moment between two heartbeats. */
  private long lostMillis(long seed) {
    var settled = new Settled(seed);
    settled.write(settled.other, 1);
    settled.simulation.advance(Duration.ofMillis(500 + 7 * seed));
    settled.simulation.crash(settled.leader);
    long before = settled.now();
    settled.write(settled.other, 1);
    return Duration.ofNanos(settled.now() - before).toMillis();
  }
}
