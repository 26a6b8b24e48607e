package dev.synod.testkit.fault;

import dev.synod.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A schedule under way. */
public final class Playing {

  private final World world;
  private final List<Runnable> endings = new ArrayList<>();
  private final Map<String, Integer> begun = new TreeMap<>();
  private boolean isStopped;

  Playing(World world) {
    this.world = world;
  }

  /** No further fault begins; those under way end at once. */
  public void stop() {
    isStopped = true;
    List.copyOf(endings).forEach(Runnable::run);
    endings.clear();
  }

  /** How many faults of each kind have begun. */
  public Map<String, Integer> begun() {
    return begun;
  }

  void plan(TimedFault timed) {
    world.engine().after(timed.at(), () -> begin(timed));
  }

  private void begin(TimedFault timed) {
    if (isStopped) {
      return;
    }
    begun.merge(timed.fault().kind(), 1, Integer::sum);
    world.engine().trace().event(timed.fault().kind().hashCode(), world.engine().nanoTime());
    var ending = timed.fault().begin(world);
    endings.add(ending);
    world.engine().after(timed.lasting(), () -> end(ending));
  }

  private void end(Runnable ending) {
    if (!isStopped && endings.remove(ending)) {
      ending.run();
    }
  }
}
