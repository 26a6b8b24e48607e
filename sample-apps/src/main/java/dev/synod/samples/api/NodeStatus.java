package dev.synod.samples.api;

import java.util.List;
import java.util.Optional;

/**
 * One node as it sees itself.
 *
 * @param pid of its process
 */
public record NodeStatus(String node, long pid, List<Group> groups) {

  public NodeStatus {
    groups = List.copyOf(groups);
  }

  public Optional<Group> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /**
   * Its replica of one group.
   *
   * @param leader the identity of its store, if a leader is known
   * @param trouble one sentence, if something is wrong
   * @param peers what a leader knows of the others
   */
  public record Group(
      String name,
      String role,
      long term,
      Optional<String> leader,
      long lastIndex,
      long commitIndex,
      long appliedIndex,
      Optional<String> trouble,
      List<Peer> peers) {

    public Group {
      peers = List.copyOf(peers);
    }

    public boolean hasLeader() {
      return leader.isPresent();
    }
  }

  /**
   * What a leader knows of another replica.
   *
   * @param lastContactMillis since its last answer; -1 if none yet
   */
  public record Peer(String node, long matchIndex, long lastContactMillis) {}
}
