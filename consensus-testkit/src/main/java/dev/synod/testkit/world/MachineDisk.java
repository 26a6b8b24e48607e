package dev.synod.testkit.world;

import dev.synod.log.LogFailure;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.engine.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A machine's disk with its faults: slow, stuck, full, failing, rotting. Writes are as late as they
 * are forced to be by starting late, so whatever is queued meanwhile shares the next sync.
 */
public final class MachineDisk {

  private static final String SEGMENTS = "wal";
  private static final int KEPT_FREE = 512;
  private static final Duration LATENCY_MIN = Duration.ofNanos(100_000);
  private static final Duration LATENCY_MAX = Duration.ofMillis(2);

  private final MemoryDisk memory;
  private final Engine engine;
  private final Draw draw;
  private final ArrayDeque<Runnable> stuck = new ArrayDeque<>();
  private Duration latencyMin = LATENCY_MIN;
  private Duration latencyMax = LATENCY_MAX;
  private boolean isStuck;
  private boolean failsNextSync;
  private boolean isRotten;
  private long operations;
  private long forces;
  private long trapAt = Long.MAX_VALUE;
  private Runnable trap = () -> {};

  MachineDisk(MemoryDisk memory, Engine engine, Draw draw) {
    this.memory = memory;
    this.engine = engine;
    this.draw = draw;
    memory.hook(this::before);
  }

  public MemoryDisk memory() {
    return memory;
  }

  /** Changes of the disk so far: writes, syncs, renames and so on. */
  public long operations() {
    return operations;
  }

  /** How often a file was forced to it so far. */
  public long forces() {
    return forces;
  }

  /** What a write with its sync takes from now on, drawn between the two. */
  public void latency(Duration min, Duration max) {
    latencyMin = min;
    latencyMax = max;
  }

  /** What a disk takes that nothing is wrong with: from 0.1 to 2 milliseconds. */
  public void usualLatency() {
    latency(LATENCY_MIN, LATENCY_MAX);
  }

  /** Writes that start from now on do not end before {@link #unstick}. */
  public void stick() {
    isStuck = true;
  }

  /** Ends a {@link #stick}. */
  public void unstick() {
    isStuck = false;
    while (!stuck.isEmpty()) {
      stuck.remove().run();
    }
  }

  /** No room but for what the files have already, until {@link #makeRoom}. */
  public void fill() {
    memory.capacity(memory.used() + KEPT_FREE);
  }

  /** Ends a {@link #fill}. */
  public void makeRoom() {
    memory.capacity(Long.MAX_VALUE);
  }

  /** The next sync fails, once, as a device does that remaps a sector too late. */
  public void failNextSync() {
    failsNextSync = true;
  }

  /** Runs that instead of the operation after so many more; the operation fails. Once. */
  public void trapAfter(long more, Runnable action) {
    trapAt = operations + more;
    trap = action;
  }

  /** All is well again; forgets failures that were asked for and have not happened, too. */
  public void heal() {
    trapAt = Long.MAX_VALUE;
    failsNextSync = false;
    usualLatency();
    makeRoom();
    unstick();
  }

  /** Flips one bit of what the log wrote, drawn; false if there is nothing yet. */
  public boolean flip() {
    try {
      List<String> segments = memory.list(SEGMENTS);
      if (segments.isEmpty()) {
        return false;
      }
      String name = SEGMENTS + "/" + segments.get((int) draw.nextLong(segments.size()));
      long size;
      try (var file = memory.open(name)) {
        size = file.size();
      }
      isRotten = true;
      memory.flip(name, draw.nextLong(Math.max(1, size * Byte.SIZE)));
      return true;
    } catch (IOException e) {
      throw new IllegalStateException("flipping a bit", e);
    }
  }

  /** Whether a log may say that of this disk: damage only if a bit was flipped. */
  public boolean explains(LogFailure failure) {
    return isRotten
        || failure.kind() == LogFailure.Kind.FULL
        || failure.kind() == LogFailure.Kind.IO;
  }

  /** The disk as it is now, to be put back later. */
  public MemoryDisk copy() {
    return memory.copy(new Draw(draw.nextLong()));
  }

  void crash(MemoryDisk.Tear tear) {
    trapAt = Long.MAX_VALUE;
    stuck.clear();
    isStuck = false;
    memory.crash(tear);
  }

  Executor writer(Host host) {
    return task -> {
      long span = latencyMax.toNanos() - latencyMin.toNanos();
      long late = latencyMin.toNanos() + (span <= 0 ? 0 : draw.nextLong(span));
      engine.after(Duration.ofNanos(late), () -> start(task, host));
    };
  }

  private void start(Runnable task, Host host) {
    if (isStuck) {
      stuck.add(() -> host.execute(task));
    } else {
      host.execute(task);
    }
  }

  private void before(MemoryDisk.Operation operation, String file) throws IOException {
    operations++;
    if (operation == MemoryDisk.Operation.FORCE) {
      forces++;
    }
    if (operations >= trapAt) {
      trapAt = Long.MAX_VALUE;
      trap.run();
      throw new IOException("the power went before " + operation + " of " + file);
    }
    if (failsNextSync && operation == MemoryDisk.Operation.FORCE) {
      failsNextSync = false;
      throw new IOException("Input/output error");
    }
  }
}
