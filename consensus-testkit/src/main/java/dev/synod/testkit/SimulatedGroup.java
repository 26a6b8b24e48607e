package dev.synod.testkit;

import dev.synod.actors.GroupRef;
import java.util.HashMap;
import java.util.Map;

/**
 * A group that runs on all machines of a simulation.
 *
 * @param <C> commands and queries
 * @param <R> replies
 */
public final class SimulatedGroup<C, R> {

  private final Simulation simulation;
  private final Map<String, GroupRef<C, R>> refs = new HashMap<>();

  SimulatedGroup(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The group as the application on that machine sees it; after a crash there is a new one. */
  public GroupRef<C, R> on(String node) {
    var ref = refs.get(node);
    if (ref == null) {
      throw new IllegalStateException(node + " is down, or its disk is damaged");
    }
    return ref;
  }

  /** Sends a command from that machine, and lets time pass until the reply is there. */
  public R ask(String node, C command) {
    return simulation.await(on(node).ask(command));
  }

  void is(String node, GroupRef<C, R> ref) {
    refs.put(node, ref);
  }

  void gone(String node) {
    refs.remove(node);
  }
}
