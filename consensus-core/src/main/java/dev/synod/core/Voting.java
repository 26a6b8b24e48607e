package dev.synod.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much the word of each member of a group counts: all the same, or by weight, or by groups of
 * them, such as data centres. Any two quorums share a member. A group is founded with one and keeps
 * it; a node that names another for it is refused.
 */
public interface Voting {

  /**
   * Short and stable: two of one name decide alike. It becomes a part of the protocol's name, which
   * has 127 bytes at most.
   */
  String name();

  /**
   * Who decides among these voters.
   *
   * @throws IllegalArgumentException if nobody could
   */
  Quorum of(List<Member> voters);

  /** Who decides by that configuration; while it is joint, both halves. */
  default Quorum of(Configuration configuration) {
    var membership = configuration.membership();
    var incoming = of(members(configuration, membership.voters()));
    return membership.isJoint()
        ? new JointQuorum(incoming, of(members(configuration, membership.outgoing())))
        : incoming;
  }

  /** Why a group can't come to have that configuration; empty if it can. */
  default Optional<String> objectionTo(Configuration configuration) {
    try {
      of(configuration);
      return Optional.empty();
    } catch (IllegalArgumentException unfit) {
      return Optional.of(String.valueOf(unfit.getMessage()));
    }
  }

  private static List<Member> members(Configuration configuration, List<StoreId> voters) {
    return configuration.members().stream()
        .filter(member -> voters.contains(member.store()))
        .toList();
  }

  /** One of that name. */
  static Voting of(String name, Function<List<Member>, Quorum> quorum) {
    return new Voting() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Quorum of(List<Member> voters) {
        return quorum.apply(voters);
      }
    };
  }

  /** More than half of the voters. */
  static Voting majority() {
    return of("", voters -> Majority.of(voters.stream().map(Member::store).toList()));
  }

  /**
   * More than half of the weight.
   *
   * @param weights by the names of nodes, 0 or more; who is not named weighs nothing
   */
  static Voting weighted(Map<String, Integer> weights) {
    var sorted = new TreeMap<>(weights);
    return of(name(sorted), voters -> weighted(voters, sorted));
  }

  private static Weighted weighted(List<Member> voters, Map<String, Integer> weights) {
    return new Weighted(
        voters.stream()
            .collect(
                Collectors.toMap(
                    Member::store, voter -> weights.getOrDefault(voter.node().name(), 0))));
  }

  /**
   * More than half of the groups, with more than half of the weight in each, as ZooKeeper's
   * hierarchical quorums. A group of which no voter weighs anything does not count; who is in no
   * group weighs nothing.
   *
   * @param groups each with weights by the names of nodes; a node may be in one only
   * @throws IllegalArgumentException if a node is in two
   */
  static Voting hierarchical(List<Map<String, Integer>> groups) {
    var sorted = groups.stream().<Map<String, Integer>>map(TreeMap::new).toList();
    var names = sorted.stream().flatMap(group -> group.keySet().stream()).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("a node is in one group only, but got " + groups);
    }
    return of(
        sorted.stream().map(Voting::name).collect(Collectors.joining(" / ")),
        voters -> hierarchical(voters, sorted));
  }

  private static Quorum hierarchical(List<Member> voters, List<Map<String, Integer>> groups) {
    var quorums = new ArrayList<Quorum>();
    for (Map<String, Integer> group : groups) {
      var inside = voters.stream().filter(voter -> group.containsKey(voter.node().name())).toList();
      if (inside.stream().anyMatch(voter -> group.getOrDefault(voter.node().name(), 0) != 0)) {
        quorums.add(weighted(inside, group));
      }
    }
    if (quorums.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody could decide: none of %s weighs anything in %s".formatted(voters, groups));
    }
    return new Hierarchical(quorums, voters.stream().map(Member::store).toList());
  }

  private static String name(Map<String, Integer> weights) {
    return weights.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining(","));
  }
}
