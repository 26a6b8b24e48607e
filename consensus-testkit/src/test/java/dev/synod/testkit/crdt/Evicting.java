package dev.synod.testkit.crdt;

import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Somebody who takes a replica for gone now and then, mostly wrongly. */
final class Evicting {

  private final Engine engine;
  private final List<String> nodes;
  private final Consumer<String> evict;
  private final Draw draw;
  private boolean isStopped;

  Evicting(Engine engine, List<String> nodes, Consumer<String> evict) {
    this.engine = engine;
    this.nodes = nodes;
    this.evict = evict;
    this.draw = engine.chance("evictions");
  }

  void stop() {
    isStopped = true;
  }

  /** Waits, and evicts one; one that is not there, or is the last one, stays as it is. */
  void next() {
    engine.after(
        Duration.ofMillis(400 + draw.nextLong(2500)),
        () -> {
          if (!isStopped) {
            evict.accept(nodes.get((int) draw.nextLong(nodes.size())));
            next();
          }
        });
  }
}
