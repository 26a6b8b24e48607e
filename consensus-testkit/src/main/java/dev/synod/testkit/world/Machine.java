package dev.synod.testkit.world;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.engine.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * A simulated computer. Its name and disk outlive a crash, what runs on it does not: every boot
 * makes a new {@link Host}, so nothing of an earlier life can run, write or speak any more.
 */
public final class Machine {

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final String name;
  private final Engine engine;
  private final Network network;
  private final Program program;
  private final SplittableRandom random;
  private MachineDisk disk;
  private @Nullable Host host;
  private @Nullable ActorRef<NodeMessage> front;
  private @Nullable String trouble;
  private Duration wallOffset = Duration.ZERO;
  private double clockRate = 1;
  private Runnable afterPowerOff = () -> {};
  private int lives;
  private int disks;

  Machine(String name, Engine engine, Network network, Program program) {
    this.name = name;
    this.engine = engine;
    this.network = network;
    this.program = program;
    this.random = new SplittableRandom(engine.chance(name).nextLong());
    this.disk = newDisk();
  }

  public String name() {
    return name;
  }

  /** As other nodes name it. */
  public String address() {
    return addressOf(name);
  }

  /** The address of the machine of that name. */
  public static String addressOf(String name) {
    return "pekko://sim@" + name + ":7355";
  }

  public MachineDisk disk() {
    return disk;
  }

  public Engine engine() {
    return engine;
  }

  /** How often it was booted. */
  public int lives() {
    return lives;
  }

  public boolean isUp() {
    return host != null;
  }

  public boolean isFrozen() {
    return host != null && !host.isRunning();
  }

  /** Does that whenever a life of this machine has ended. */
  public void afterPowerOff(Runnable action) {
    afterPowerOff = action;
  }

  /** Why it could not boot; empty if it could, or was not tried since. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Starts the program on what the disk has kept. */
  public void boot() {
    if (host != null) {
      return;
    }
    lives++;
    trouble = null;
    host = engine.host(name + "-" + lives);
    host.rate(clockRate);
    try {
      program.start(this);
    } catch (RuntimeException e) {
      powerOff();
      trouble = String.valueOf(e.getMessage());
    }
  }

  /** The power is cut: all that runs is gone at once, and unsynced writes as the tear says. */
  public void crash(MemoryDisk.Tear tear) {
    powerOff();
    disk.crash(tear);
  }

  /** It stops where it is, between two messages, and does not know that time goes on. */
  public void freeze() {
    if (host != null) {
      host.freeze();
    }
  }

  /** Ends a {@link #freeze}. */
  public void thaw() {
    if (host != null) {
      host.thaw();
    }
  }

  /** Crashes, and gets an empty disk. */
  public void wipe() {
    powerOff();
    disk = newDisk();
  }

  /** Crashes, and gets a disk which {@link MachineDisk#copy} made before. */
  public void replaceDisk(MemoryDisk copy) {
    powerOff();
    disk = diskOf(copy);
  }

  /** How fast its clock runs; see {@link Host#rate}. */
  public void clockRate(double factor) {
    clockRate = factor;
    if (host != null) {
      host.rate(factor);
    }
  }

  /** The wall clock is set forward, or back if negative. Timers do not mind. */
  public void jumpWallClock(Duration by) {
    wallOffset = wallOffset.plus(by);
  }

  /** What its wall clock says. */
  public Instant wallTime() {
    return EPOCH.plusNanos(nanoTime()).plus(wallOffset);
  }

  /** What its monotonic clock says, in nanoseconds. */
  public long nanoTime() {
    return host == null ? engine.nanoTime() : host.nanoTime();
  }

  /** Runs tasks on this life of the machine; they never run once it is over. */
  public Host host() {
    if (host == null) {
      throw new IllegalStateException(name + " is down");
    }
    return host;
  }

  /** Where the log's writer runs: as slow as the disk is. */
  public Executor writer() {
    return disk.writer(host());
  }

  /** The way to other machines, for this life of the machine. */
  public Peers peers() {
    return network.peersOf(this);
  }

  /** Chance for one purpose; another in each life. */
  public SplittableGenerator chance() {
    return random.split();
  }

  /** Starts an actor at the top of this life of the machine. */
  public <M> ActorRef<M> spawn(Behavior<M> behavior, String actorName) {
    return engine.spawn(behavior, host().name() + "." + actorName);
  }

  /** Starts the actor that others reach by this machine's address. */
  public ActorRef<NodeMessage> spawnFront(Behavior<NodeMessage> behavior) {
    var started = spawn(behavior, "synod");
    front = started;
    return started;
  }

  Optional<ActorRef<NodeMessage>> front() {
    return Optional.ofNullable(front);
  }

  boolean owns(ActorRef<?> actor) {
    return host != null && Network.hostNameOf(actor).equals(host.name());
  }

  private void powerOff() {
    if (host != null) {
      host.switchOff();
    }
    boolean was = host != null;
    host = null;
    front = null;
    if (was) {
      afterPowerOff.run();
    }
  }

  private MachineDisk newDisk() {
    return diskOf(new MemoryDisk(engine.chance(name + " disk " + disks)));
  }

  private MachineDisk diskOf(MemoryDisk memory) {
    return new MachineDisk(memory, engine, engine.chance(name + " latency " + disks++));
  }

  @Override
  public String toString() {
    return name;
  }
}
