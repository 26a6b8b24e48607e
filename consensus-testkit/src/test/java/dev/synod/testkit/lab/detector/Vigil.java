package dev.synod.testkit.lab.detector;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Four machines watch each other for a minute; then one of them crashes. */
final class Vigil {

  private static final int MACHINES = 4;
  private static final Duration LEARNING = Duration.ofSeconds(10);
  private static final Duration LENGTH = Duration.ofMinutes(1);
  private static final Duration AFTER_CRASH = Duration.ofSeconds(30);

  private final Detector.Kind kind;
  private final Map<String, ActorRef<Watcher.Message>> watchers = new HashMap<>();

  /** Since when each other machine suspects n1. */
  private final Map<String, Long> suspectsFirst = new TreeMap<>();

  private final World world;
  private int suspicions;

  /**
   * What came of it.
   *
   * @param falseSuspicions of living machines, in a minute on all twelve links
   * @param detectedBy how many of the three survivors suspect the dead one, and go on doing so
   * @param detection how long it took the slowest of them
   */
  record Result(int falseSuspicions, int detectedBy, Duration detection) {}

  private Vigil(long seed, Detector.Kind kind, LinkQuality quality) {
    this.kind = kind;
    this.world = LabWorld.of(seed, MACHINES, this::boot);
    world.network().quality(quality);
  }

  static Result of(long seed, Detector.Kind kind, LinkQuality quality) {
    return new Vigil(seed, kind, quality).run();
  }

  private void boot(Machine machine) {
    watchers.put(
        machine.name(),
        machine.spawn(
            Watcher.on(
                machine,
                () -> watchers,
                kind,
                (other, suspects) -> changed(machine.name(), other, suspects)),
            "watcher"));
  }

  private Result run() {
    var engine = world.engine();
    engine.runFor(LEARNING);
    suspicions = 0;
    engine.runFor(LENGTH);
    int falseSuspicions = suspicions;
    long crash = engine.nanoTime();
    world.machine("n1").crash(Tear.NOTHING_KEPT);
    engine.runFor(AFTER_CRASH);
    long last = suspectsFirst.values().stream().mapToLong(since -> since).max().orElse(crash);
    return new Result(
        falseSuspicions, suspectsFirst.size(), Duration.ofNanos(Math.max(0, last - crash)));
  }

  private void changed(String by, String other, boolean suspects) {
    if (suspects) {
      suspicions++;
    }
    if (other.equals("n1") && suspects) {
      suspectsFirst.put(by, world.engine().nanoTime());
    } else if (other.equals("n1")) {
      suspectsFirst.remove(by);
    }
  }
}
