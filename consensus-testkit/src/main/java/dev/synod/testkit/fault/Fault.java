package dev.synod.testkit.fault;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Links;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.Set;

/** One thing that goes wrong for a while. */
public sealed interface Fault {

  /** Short, for counting, such as {@code crash}. */
  String kind();

  /** In words that a schedule's text has, such as {@code crash n1 nothing-kept}. */
  default String text() {
    return FaultText.of(this);
  }

  /** The machines that it names; empty if it is about all of them. */
  default Set<String> nodes() {
    return FaultText.nodes(this);
  }

  /** Makes it so; what comes back makes it end. */
  Runnable begin(World world);

  /**
   * Machines hear each other only if one side has both. Sides may overlap: then those in both are a
   * bridge.
   *
   * @param sides such as {@code n1 | n2,n3}
   */
  record Partition(String sides) implements Fault {
    @Override
    public String kind() {
      return "partition";
    }

    @Override
    public Runnable begin(World world) {
      var links = world.network().links();
      var cut = links.part(Links.sides(sides, world.names()));
      return () -> links.mend(cut);
    }
  }

  /** The one is not heard by the other any more, but hears it. */
  record OneWay(String from, String to) implements Fault {
    @Override
    public String kind() {
      return "one-way";
    }

    @Override
    public Runnable begin(World world) {
      var links = world.network().links();
      var cut = links.cut((a, b) -> a.equals(from) && b.equals(to));
      return () -> links.mend(cut);
    }
  }

  /** The link between the two goes up and down: for one period each. */
  record Flapping(String one, String other, Duration period) implements Fault {
    @Override
    public String kind() {
      return "flapping";
    }

    @Override
    public Runnable begin(World world) {
      var links = world.network().links();
      var engine = world.engine();
      long start = engine.nanoTime();
      var cut =
          links.cut(
              (a, b) ->
                  ((a.equals(one) && b.equals(other)) || (a.equals(other) && b.equals(one)))
                      && (engine.nanoTime() - start) / period.toNanos() % 2 == 0);
      return () -> links.mend(cut);
    }
  }

  /** All links change for the worse. */
  record BadNetwork(LinkQuality quality, LinkQuality after) implements Fault {
    @Override
    public String kind() {
      return "bad-network";
    }

    @Override
    public Runnable begin(World world) {
      world.network().quality(quality);
      return () -> world.network().quality(after);
    }
  }

  /** The power goes and comes back. */
  record Crash(String node, Tear tear) implements Fault {
    @Override
    public String kind() {
      return "crash";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.crash(tear);
      return machine::boot;
    }
  }

  /**
   * The power goes in the middle of a change of the disk.
   *
   * @param operations so many changes from now
   */
  record CrashInWrite(String node, int operations, Tear tear) implements Fault {
    @Override
    public String kind() {
      return "crash-in-write";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.disk().trapAfter(operations, () -> machine.crash(tear));
      return machine::boot;
    }
  }

  /** A long pause: of garbage collection, of a virtual machine that moves, of a stopped process. */
  record Freeze(String node) implements Fault {
    @Override
    public String kind() {
      return "freeze";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.freeze();
      return machine::thaw;
    }
  }

  /** The disk is lost; the machine comes back with an empty one. */
  record Wipe(String node) implements Fault {
    @Override
    public String kind() {
      return "wipe";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.wipe();
      return machine::boot;
    }
  }

  /**
   * When it ends, the machine comes back with its disk as it was when it began, as after a backup
   * was put back. No protocol that trusts its disks survives this for sure, so no profile has it.
   */
  record OldDisk(String node) implements Fault {
    @Override
    public String kind() {
      return "old-disk";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      var copy = machine.disk().copy();
      return () -> {
        machine.replaceDisk(copy);
        machine.boot();
      };
    }
  }

  /** Every write with its sync takes up to so long. */
  record SlowDisk(String node, Duration latencyMax) implements Fault {
    @Override
    public String kind() {
      return "slow-disk";
    }

    @Override
    public Runnable begin(World world) {
      var disk = world.machine(node).disk();
      disk.latency(latencyMax.dividedBy(10), latencyMax);
      return disk::usualLatency;
    }
  }

  /** No write ends. */
  record StuckDisk(String node) implements Fault {
    @Override
    public String kind() {
      return "stuck-disk";
    }

    @Override
    public Runnable begin(World world) {
      var disk = world.machine(node).disk();
      disk.stick();
      return disk::unstick;
    }
  }

  /** No space is left; when it ends there is, and the process is started again. */
  record FullDisk(String node) implements Fault {
    @Override
    public String kind() {
      return "full-disk";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      var disk = machine.disk();
      disk.fill();
      return () -> {
        disk.makeRoom();
        restart(machine);
      };
    }
  }

  /** A sync fails; when it ends, the process is started again, and what was not synced is lost. */
  record FailedSync(String node, Tear tear) implements Fault {
    @Override
    public String kind() {
      return "failed-sync";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.disk().failNextSync();
      return () -> {
        machine.crash(tear);
        machine.boot();
      };
    }
  }

  /** One bit of the log changes on the disk, where the next start will read it. */
  record BitFlip(String node) implements Fault {
    @Override
    public String kind() {
      return "bit-flip";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.crash(Tear.ALL_KEPT);
      machine.disk().flip();
      return machine::boot;
    }
  }

  /** The clock runs at another rate. */
  record Drift(String node, double rate) implements Fault {
    @Override
    public String kind() {
      return "drift";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.clockRate(rate);
      return () -> machine.clockRate(1);
    }
  }

  /** The wall clock is set wrong, and when it ends, right again. */
  record WallClockJump(String node, Duration by) implements Fault {
    @Override
    public String kind() {
      return "wall-clock";
    }

    @Override
    public Runnable begin(World world) {
      var machine = world.machine(node);
      machine.jumpWallClock(by);
      return () -> machine.jumpWallClock(by.negated());
    }
  }

  private static void restart(Machine machine) {
    machine.crash(Tear.ALL_KEPT);
    machine.boot();
  }
}
