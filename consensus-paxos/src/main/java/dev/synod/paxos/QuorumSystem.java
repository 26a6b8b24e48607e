package dev.synod.paxos;

import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.core.Voting;
import dev.synod.paxos.rules.Lines;
import dev.synod.paxos.rules.Quorums;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which members of a group have to promise and which to accept: majorities, or others that fit its
 * network better. A group is founded with its quorums and keeps them; a node that names others for
 * it is refused.
 */
public interface QuorumSystem {

  /**
   * Short and stable: two systems of one name have the same quorums. The part of the protocol's
   * name that follows {@code paxos}.
   */
  String name();

  /**
   * Those of these voters.
   *
   * @throws IllegalArgumentException if there are none, or if two could miss each other
   */
  Quorums of(List<Member> voters);

  /** One of that name. */
  static QuorumSystem of(String name, Function<List<Member>, Quorums> quorums) {
    return new QuorumSystem() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Quorums of(List<Member> voters) {
        return quorums.apply(voters);
      }
    };
  }

  /** More than half, in both phases. */
  static QuorumSystem majorities() {
    return of("", voters -> Quorums.majorities(stores(voters)));
  }

  /**
   * Any so many of the voters. Small quorums of phase 2 make each write wait for fewer; with them
   * fewer may fail before nobody can take over from a proposer that did.
   *
   * @param prepare whose promises make a proposer
   * @param accept whose acceptances make a value chosen; with the others more than there are voters
   */
  static QuorumSystem sizes(int prepare, int accept) {
    return of(prepare + "+" + accept, voters -> Quorums.of(stores(voters), prepare, accept));
  }

  /** The same in both phases: by weights, or by groups of groups. */
  static QuorumSystem by(Voting voting) {
    return of(
        voting.name(),
        voters -> {
          var quorum = voting.of(voters);
          return new Quorums(quorum, quorum);
        });
  }

  /**
   * More than half of the weight, in both phases.
   *
   * @param weights by the names of nodes; who is not named weighs nothing
   */
  static QuorumSystem weighted(Map<String, Integer> weights) {
    return by(Voting.weighted(weights));
  }

  /**
   * A grid, filled row by row in the order of the nodes' names: a row promises, a column accepts.
   *
   * @param columns that the voters fill exactly
   */
  static QuorumSystem grid(int columns) {
    return of("grid of " + columns, voters -> grid(voters, columns));
  }

  private static Quorums grid(List<Member> voters, int columns) {
    int count = voters.size();
    if (columns < 1 || count % columns != 0) {
      throw new IllegalArgumentException(
          "%d voters do not fill a grid of %d columns".formatted(count, columns));
    }
    var byName = Comparator.comparing((Member voter) -> voter.node().name());
    var sorted = stores(voters.stream().sorted(byName).toList());
    var rows = new ArrayList<List<StoreId>>();
    for (int first = 0; first < count; first += columns) {
      rows.add(sorted.subList(first, first + columns));
    }
    var accept = new ArrayList<List<StoreId>>();
    for (int column = 0; column < columns; column++) {
      int at = column;
      accept.add(rows.stream().map(row -> row.get(at)).toList());
    }
    return new Quorums(new Lines(rows), new Lines(accept));
  }

  private static List<StoreId> stores(List<Member> voters) {
    return voters.stream().map(Member::store).toList();
  }
}
