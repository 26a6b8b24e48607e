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
   * @param details the same in its protocol's own words, the leadership's number first; empty if
   *     its replica has not come so far
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
      List<Peer> peers,
      List<Detail> details) {

    public Group {
      peers = List.copyOf(peers);
      details = List.copyOf(details);
    }

    /** Which leadership it is, as people say it: {@code term 7}. */
    public String leadership() {
      return details.stream()
          .findFirst()
          .map(detail -> detail.label() + " " + detail.value())
          .orElseGet(() -> "number " + term);
    }

    public boolean hasLeader() {
      return leader.isPresent();
    }
  }

  /** One thing that people of this protocol look at, such as a {@code ballot}. */
  public record Detail(String label, String value) {}

  /**
   * What a leader knows of another replica.
   *
   * @param lastContactMillis since its last answer; -1 if none yet
   */
  public record Peer(String node, long matchIndex, long lastContactMillis) {}
}
