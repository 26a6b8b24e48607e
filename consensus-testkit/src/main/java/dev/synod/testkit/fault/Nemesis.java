package dev.synod.testkit.fault;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Draws a schedule from the seed. It leaves a majority of those that vote their disks: what loses a
 * majority of these has lost its data, whatever the protocol.
 */
public final class Nemesis {

  /** How fast the slowest clock runs that a storm brings; the fastest one as many times faster. */
  public static final double SLOWEST_CLOCK = 0.8;

  private static final double SHORTEST = 0.1;
  private static final int WEIGHTS = 100;

  private final Profile profile;
  private final List<String> nodes;
  private final Draw draw;
  private int disksLeftToLose;

  private Nemesis(Profile profile, int nodes, int voters, Draw draw) {
    if (nodes < 2) {
      throw new IllegalArgumentException("faults between nodes need two of them, not " + nodes);
    }
    this.profile = profile;
    this.nodes = World.names(nodes);
    this.draw = draw;
    this.disksLeftToLose = (voters - 1) / 2;
  }

  /**
   * The same without lost disks, for a group that moves among the machines: nobody can say in
   * advance which disks are a majority then.
   */
  public static Schedule keepingDisks(Profile profile, int nodes, Duration length, long seed) {
    return schedule(profile, nodes, length, seed).without(fault -> fault instanceof Fault.Wipe);
  }

  /**
   * The same without lost or damaged disks, for a group with witnesses: what one of them helped to
   * commit may be in full on a single disk.
   */
  public static Schedule keepingData(Profile profile, int nodes, Duration length, long seed) {
    return schedule(profile, nodes, length, seed)
        .without(fault -> fault instanceof Fault.Wipe || fault instanceof Fault.BitFlip);
  }

  /** Faults for so long, on machines n1, n2, …. */
  public static Schedule schedule(Profile profile, int nodes, Duration length, long seed) {
    return schedule(profile, nodes, nodes, length, seed);
  }

  /** The same, where the first so many machines vote. */
  public static Schedule schedule(
      Profile profile, int nodes, int voters, Duration length, long seed) {
    return new Nemesis(profile, nodes, voters, Draw.of(seed, "nemesis")).draw(length);
  }

  private Schedule draw(Duration length) {
    var faults = new ArrayList<TimedFault>();
    var at = drawn(profile.gapMean());
    while (at.compareTo(length) < 0) {
      var lasting = drawn(profile.lastingMean());
      faults.add(new TimedFault(at, lasting, fault()));
      at = at.plus(drawn(profile.gapMean()));
    }
    return new Schedule(faults);
  }

  private Fault fault() {
    return switch (profile) {
      case STORM -> storm();
      case ROT -> rot();
      case CALM, FLAKY -> flaky();
    };
  }

  /** Each time on another machine, until a bare majority is left. */
  private Fault rot() {
    if (disksLeftToLose > 0 && below(WEIGHTS) < 30) {
      disksLeftToLose--;
      return new Fault.BitFlip(nodes.get(disksLeftToLose));
    }
    return flaky();
  }

  private Fault flaky() {
    int weight = below(WEIGHTS);
    if (weight < 30) {
      return new Fault.Partition(halves());
    } else if (weight < 40) {
      return oneWay();
    } else if (weight < 75) {
      return new Fault.Crash(node(), tear());
    } else if (weight < 90) {
      return new Fault.Freeze(node());
    }
    return new Fault.SlowDisk(node(), Duration.ofMillis(50L + below(200)));
  }

  private Fault storm() {
    int weight = below(WEIGHTS);
    if (weight < 12) {
      return new Fault.Partition(halves());
    } else if (weight < 17) {
      return new Fault.Partition(bridge());
    } else if (weight < 24) {
      return oneWay();
    } else if (weight < 30) {
      return flapping();
    } else if (weight < 45) {
      return new Fault.Crash(node(), tear());
    } else if (weight < 60) {
      return new Fault.CrashInWrite(node(), 1 + below(20), tear());
    } else if (weight < 70) {
      return new Fault.Freeze(node());
    } else if (weight < 76) {
      return new Fault.SlowDisk(node(), Duration.ofMillis(20L + below(500)));
    }
    return stormOfDisks(weight);
  }

  private Fault stormOfDisks(int weight) {
    if (weight < 80) {
      return new Fault.StuckDisk(node());
    } else if (weight < 84) {
      return new Fault.FullDisk(node());
    } else if (weight < 89) {
      return new Fault.FailedSync(node(), tear());
    } else if (weight < 94) {
      return new Fault.Drift(node(), below(2) == 0 ? SLOWEST_CLOCK : 1 / SLOWEST_CLOCK);
    } else if (weight < 96) {
      return new Fault.WallClockJump(node(), Duration.ofMinutes(below(120) - 60L));
    } else if (weight < 98 && disksLeftToLose > 0) {
      disksLeftToLose--;
      return new Fault.Wipe(node());
    }
    return new Fault.BadNetwork(LinkQuality.POOR, profile.quality());
  }

  private Fault oneWay() {
    String from = node();
    return new Fault.OneWay(from, otherThan(from));
  }

  private Fault flapping() {
    String one = node();
    return new Fault.Flapping(one, otherThan(one), Duration.ofMillis(20L + below(400)));
  }

  private String halves() {
    var order = shuffled();
    int cut = 1 + below(order.size() - 1);
    return String.join(",", order.subList(0, cut))
        + " | "
        + String.join(",", order.subList(cut, order.size()));
  }

  private String bridge() {
    var order = shuffled();
    int bridge = order.size() / 2;
    return String.join(",", order.subList(0, bridge + 1))
        + " | "
        + String.join(",", order.subList(bridge, order.size()));
  }

  private List<String> shuffled() {
    var order = new ArrayList<>(nodes);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, below(i + 1));
    }
    return order;
  }

  private String node() {
    return nodes.get(below(nodes.size()));
  }

  private String otherThan(String node) {
    String other = node();
    while (other.equals(node)) {
      other = node();
    }
    return other;
  }

  private Tear tear() {
    var all = Tear.values();
    return all[below(all.length)];
  }

  /** At least a tenth of the mean; exponentially distributed above that. */
  private Duration drawn(Duration mean) {
    double factor = SHORTEST - (1 - SHORTEST) * StrictMath.log(1 - draw.nextDouble());
    return Duration.ofNanos((long) (mean.toNanos() * factor));
  }

  private int below(int bound) {
    return (int) draw.nextLong(bound);
  }
}
