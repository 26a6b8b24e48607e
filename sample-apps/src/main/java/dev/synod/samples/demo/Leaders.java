package dev.synod.samples.demo;

import dev.synod.samples.api.NodeClient;
import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.api.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Who leads each group, as the nodes tell. */
public final class Leaders {

  private Leaders() {}

  /**
   * One group's leader.
   *
   * @param term by which one leadership is known from another; the newer one's is higher
   * @param since the same in words, such as {@code term 7}
   */
  public record Leader(String group, String node, long term, String since) {}

  /** The leaders that call themselves so, by group; of several, the one of the highest term. */
  public static Map<String, Leader> of(List<NodeStatus> statuses) {
    var leaders = new TreeMap<String, Leader>();
    for (var status : statuses) {
      for (var group : status.groups()) {
        if (group.role().equals("leader")) {
          leaders.merge(
              group.name(),
              new Leader(group.name(), status.node(), group.term(), group.leadership()),
              (one, two) -> one.term() >= two.term() ? one : two);
        }
      }
    }
    return leaders;
  }

  /** What the nodes that answer say of themselves. */
  public static List<NodeStatus> statuses(Nodes nodes) {
    var statuses = new ArrayList<NodeStatus>();
    for (NodeClient node : nodes.all()) {
      node.status().ifPresent(statuses::add);
    }
    return statuses;
  }

  /** The leader of that group, if a node answers that it is. */
  public static Optional<Leader> of(Nodes nodes, String group) {
    return Optional.ofNullable(of(statuses(nodes)).get(group));
  }

  /** Says in sentences what changed since the last look. */
  public static final class Watcher {
    private final Consumer<String> progress;
    private Map<String, Leader> last = Map.of();

    public Watcher(Consumer<String> progress) {
      this.progress = progress;
    }

    /** Whether both groups have had a leader. */
    public boolean knowsAll() {
      return last.size() == 2;
    }

    /** Looks once. */
    public void look(Nodes nodes) {
      var now = of(statuses(nodes));
      for (var leader : now.values()) {
        if (!leader.equals(last.get(leader.group()))) {
          progress.accept(
              "%s leads %s  (%s)".formatted(leader.node(), leader.group(), leader.since()));
        }
      }
      var merged = new TreeMap<>(last);
      merged.putAll(now);
      last = merged;
    }
  }
}
