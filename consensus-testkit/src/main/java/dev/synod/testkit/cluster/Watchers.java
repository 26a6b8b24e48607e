package dev.synod.testkit.cluster;

import dev.synod.actors.CompactedException;
import dev.synod.actors.GroupRef;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Those who watch the group from its machines, at random times: from now or from an index, quickly
 * or slowly; some stop, and go on from another machine where they were.
 */
final class Watchers {

  private static final Duration GAP_MEAN = Duration.ofSeconds(1);
  private static final int COUNT_MAX = 4;
  private static final List<Duration> PACES =
      List.of(Duration.ZERO, Duration.ZERO, Duration.ofMillis(150), Duration.ofSeconds(4));

  private final World world;
  private final Watch watch;
  private final Map<String, GroupRef<String, String>> refs;
  private final Supplier<List<String>> serving;
  private final Tally tally;
  private final Draw draw;
  private final List<Onlooker> onlookers = new ArrayList<>();
  private int names;
  private boolean isStopped;

  /**
   * Nobody watches yet.
   *
   * @param serving the machines on which members are that take part
   */
  Watchers(
      World world,
      Watch watch,
      Map<String, GroupRef<String, String>> refs,
      Supplier<List<String>> serving,
      Tally tally) {
    this.world = world;
    this.watch = watch;
    this.refs = refs;
    this.serving = serving;
    this.tally = tally;
    this.draw = engine().chance("watchers");
  }

  void start() {
    engine().after(nextGap(), this::act);
  }

  /** The power of that machine went, with all on it. */
  void gone(String node) {
    onlookers.stream().filter(one -> one.node().equals(node)).forEach(Onlooker::cancel);
  }

  /** No new ones; those that are there are quick from now on, and go on where members are. */
  void stop() {
    isStopped = true;
    onlookers.removeIf(one -> one.position() < 0);
    onlookers.forEach(one -> one.pace(Duration.ZERO));
  }

  /**
   * Whether all have heard of every change; to be asked again and again after the stop. From a
   * machine that was removed nobody finds a group that has moved away from all that this one knew.
   */
  boolean knowAll() {
    long last = watch.replicas().stream().mapToLong(ReplicaView::changed).max().orElse(0);
    var nodes = serving.get();
    onlookers.stream().filter(one -> !nodes.contains(one.node())).forEach(Onlooker::cancel);
    restart(nodes);
    return onlookers.stream().allMatch(one -> one.position() >= last);
  }

  @Override
  public String toString() {
    return onlookers.toString();
  }

  private void act() {
    if (isStopped) {
      return;
    }
    restart(refs.keySet().stream().sorted().toList());
    int which = (int) draw.nextLong(COUNT_MAX);
    if (which >= onlookers.size()) {
      newcomer();
    } else {
      var one = onlookers.get(which);
      one.pace(PACES.get((int) draw.nextLong(PACES.size())));
      if (draw.nextLong(3) == 0) {
        one.cancel();
      }
    }
    engine().after(nextGap(), this::act);
  }

  private void newcomer() {
    var last = watch.replicas().stream().mapToLong(ReplicaView::changed).max().orElse(0);
    boolean now = draw.nextLong(2) == 0;
    onlookers.add(onlooker(now ? -1 : draw.nextLong(last + 1)));
  }

  /** Those that nobody runs go on, somewhere. What is not kept any more is begun anew. */
  private void restart(List<String> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    onlookers.replaceAll(one -> one.lost().map(this::anew).orElse(one));
    for (Onlooker one : onlookers) {
      if (!one.isRunning()) {
        var node = nodes.get((int) draw.nextLong(nodes.size()));
        var group = refs.get(node);
        if (group != null) {
          one.run(world.machine(node), group);
        }
      }
    }
  }

  private Onlooker anew(CompactedException lost) {
    return onlooker(lost.first() - 1);
  }

  private Onlooker onlooker(long after) {
    return new Onlooker("w" + ++names, after, watch, tally);
  }

  private Engine engine() {
    return world.engine();
  }

  private Duration nextGap() {
    return Duration.ofNanos((long) (-GAP_MEAN.toNanos() * StrictMath.log(1 - draw.nextDouble())));
  }
}
