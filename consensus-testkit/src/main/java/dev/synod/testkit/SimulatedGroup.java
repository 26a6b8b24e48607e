package dev.synod.testkit;

import dev.synod.actors.GroupRef;
import dev.synod.testkit.invariant.GroupView;
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
  private final GroupView view;
  private final Map<String, GroupRef<C, R>> refs = new HashMap<>();

  SimulatedGroup(Simulation simulation, GroupView view) {
    this.simulation = simulation;
    this.view = view;
  }

  /** The group as the application on that machine sees it; after a crash there is a new one. */
  public GroupRef<C, R> on(String node) {
    var ref = refs.get(node);
    if (ref == null) {
      throw new IllegalStateException(node + " is down, or its disk is damaged");
    }
    return ref;
  }

  /**
   * Its replicas as the invariants see them: who leads, in which epoch, with which log. Replicas of
   * a protocol that the testkit does not know are not seen.
   */
  public GroupView view() {
    return view;
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
