package dev.synod.testkit.mutant;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Faults that follow each other as fast as elections do, so that no leader lasts, and messages that
 * are late by several leaders.
 */
final class Duel {

  private static final int GAP_MILLIS_MAX = 240;
  private static final int LASTING_MILLIS_MAX = 200;

  private Duel() {}

  /** The faults of that seed. */
  static Schedule schedule(int nodes, Duration length, long seed) {
    var draw = Draw.of(seed, "duel");
    var names = World.names(nodes);
    var faults = new ArrayList<TimedFault>();
    faults.add(
        new TimedFault(
            Duration.ZERO, length, new Fault.BadNetwork(LinkQuality.HAUNTED, LinkQuality.HAUNTED)));
    long at = 0;
    while (at < length.toMillis()) {
      at += 20 + draw.nextLong(GAP_MILLIS_MAX);
      var one = names.get((int) draw.nextLong(nodes));
      var other = names.get((int) draw.nextLong(nodes));
      long kind = draw.nextLong(10);
      Fault fault;
      if (kind < 4) {
        fault = new Fault.Partition(one + " | " + others(names, one));
      } else if (kind < 6) {
        fault = new Fault.OneWay(one, other);
      } else if (kind < 8) {
        fault = new Fault.Freeze(one);
      } else {
        fault = new Fault.Crash(one, Tear.NOTHING_KEPT);
      }
      var lasting = Duration.ofMillis(30 + draw.nextLong(LASTING_MILLIS_MAX));
      faults.add(new TimedFault(Duration.ofMillis(at), lasting, fault));
    }
    return new Schedule(faults);
  }

  private static String others(Iterable<String> names, String one) {
    var others = new ArrayList<String>();
    names.forEach(name -> others.add(name));
    others.remove(one);
    return String.join(",", others);
  }
}
