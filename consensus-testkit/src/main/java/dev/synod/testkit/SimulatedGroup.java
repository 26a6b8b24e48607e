package dev.synod.testkit;

import dev.synod.actors.GroupRef;
import dev.synod.actors.LocalNode;
import dev.synod.actors.message.ReplicaStatus;
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
  private GroupView view;
  private final Map<String, GroupRef<C, R>> refs = new HashMap<>();
  private final Map<String, LocalNode> nodes = new HashMap<>();

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

  /** Whether the group runs on that machine. */
  public boolean isUp(String node) {
    return refs.containsKey(node);
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

  /** The node on that machine; after a crash there is a new one. */
  public LocalNode node(String name) {
    var local = nodes.get(name);
    if (local == null) {
      throw new IllegalStateException(name + " is down, or its disk is damaged");
    }
    return local;
  }

  void seenBy(GroupView other) {
    view = other;
  }

  /** The replica on that machine itself, be it a member or not: who it is, and how far it is. */
  public ReplicaStatus replica(String name) {
    var group = on(name).id();
    return simulation
        .await(node(name).status(group))
        .orElseThrow(() -> new IllegalStateException("no replica of " + group + " on " + name));
  }

  void is(String node, LocalNode local, GroupRef<C, R> ref) {
    refs.put(node, ref);
    nodes.put(node, local);
  }

  void gone(String node) {
    refs.remove(node);
    nodes.remove(node);
  }
}
