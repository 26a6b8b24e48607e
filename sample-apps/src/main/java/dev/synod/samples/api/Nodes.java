package dev.synod.samples.api;

import dev.synod.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Several nodes of one demo: a call goes to one of them, and on to the next only while that is
 * harmless.
 */
public final class Nodes {

  private final List<NodeClient> nodes;

  /** The nodes in the order in which they are to be tried, at least one. */
  public Nodes(List<NodeClient> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no node to call");
    }
    this.nodes = List.copyOf(nodes);
  }

  public List<NodeClient> all() {
    return nodes;
  }

  /** The same nodes, to be tried from that place on. */
  public Nodes startingAt(int first) {
    var order = new ArrayList<NodeClient>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      order.add(nodes.get(Math.floorMod(first + i, nodes.size())));
    }
    return new Nodes(order);
  }

  /** Asks the first node that runs. A call that may have been taken is not made again. */
  public <R> Outcome<R> once(Function<NodeClient, Outcome<R>> call) {
    return first(call, false);
  }

  /**
   * As {@link #once}, but makes the call again on the next node too when its outcome is unknown.
   * Only for what may be repeated: reads, and messages with an id.
   */
  public <R> Outcome<R> repeatably(Function<NodeClient, Outcome<R>> call) {
    return first(call, true);
  }

  private <R> Outcome<R> first(Function<NodeClient, Outcome<R>> call, boolean repeatable) {
    boolean maybeTaken = false;
    Outcome<R> outcome = new Outcome.Unknown<>("no node was called");
    for (var node : nodes) {
      outcome = call.apply(node);
      if (!isWorthAnotherNode(outcome, repeatable)) {
        break;
      }
      maybeTaken |= outcome instanceof Outcome.Unknown;
    }
    // One unknown try is enough to make the whole unknown, whatever the last node said.
    return maybeTaken && outcome instanceof Outcome.Rejected<R> rejected
        ? new Outcome.Unknown<>(rejected.text())
        : outcome;
  }

  private static boolean isWorthAnotherNode(Outcome<?> outcome, boolean repeatable) {
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return rejected.reason() == Outcome.Reason.NOT_HOSTED
          || rejected.reason() == Outcome.Reason.STOPPING;
    }
    return repeatable && outcome instanceof Outcome.Unknown;
  }
}
