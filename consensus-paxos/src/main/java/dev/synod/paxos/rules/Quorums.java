package dev.synod.paxos.rules;

import dev.synod.core.Majority;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose promises and whose acceptances are enough. Every quorum of phase 1 must share an acceptor
 * with every quorum of phase 2; two of the same phase need not (Howard, Malkhi, Spiegelman,
 * "Flexible Paxos", 2016, §3). An instance that exists is safe.
 */
public final class Quorums {

  /** Up to so many acceptors, quorums of any form are compared set by set: a million sets. */
  public static final int COMPARED_MAX = 20;

  private final Quorum prepare;
  private final Quorum accept;
  private final List<StoreId> members;

  /**
   * These.
   *
   * @throws IllegalArgumentException if two could miss each other
   */
  public Quorums(Quorum prepare, Quorum accept) {
    this.prepare = prepare;
    this.accept = accept;
    this.members = together(prepare, accept);
    var apart = apart(prepare, accept, members);
    if (!apart.isEmpty()) {
      throw new IllegalArgumentException(
          "quorums of the two phases must share an acceptor, but %s can promise and all others can"
                  .formatted(apart)
              + " accept: two values could be chosen");
    }
  }

  /** More than half in both phases. */
  public static Quorums majorities(Collection<StoreId> acceptors) {
    var majority = Majority.of(acceptors);
    return new Quorums(majority, majority);
  }

  /**
   * Any {@code prepare} of the acceptors promise, any {@code accept} accept.
   *
   * @throws IllegalArgumentException if they are not more than all together
   */
  public static Quorums of(Collection<StoreId> acceptors, int prepare, int accept) {
    var members = List.copyOf(acceptors);
    return new Quorums(new Threshold(members, prepare), new Threshold(members, accept));
  }

  /** Whose promises are enough. */
  public Quorum prepare() {
    return prepare;
  }

  /** Whose acceptances are enough. */
  public Quorum accept() {
    return accept;
  }

  /** All acceptors of either phase, sorted. */
  public List<StoreId> members() {
    return members;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quorums that
        && prepare.equals(that.prepare)
        && accept.equals(that.accept);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prepare, accept);
  }

  @Override
  public String toString() {
    return "prepare %s, accept %s".formatted(prepare, accept);
  }

  private static List<StoreId> together(Quorum prepare, Quorum accept) {
    return Stream.concat(prepare.members().stream(), accept.members().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** A quorum of phase 1 outside of which there is one of phase 2; empty if there is none. */
  private static List<StoreId> apart(Quorum prepare, Quorum accept, List<StoreId> members) {
    if (members.size() > COMPARED_MAX) {
      throw new IllegalArgumentException(
          "%d acceptors: quorums are compared up to %d".formatted(members.size(), COMPARED_MAX));
    }
    for (int set = 0; set < 1 << members.size(); set++) {
      int chosen = set;
      if (prepare.isMetBy(one -> isIn(members, one, chosen))
          && accept.isMetBy(one -> members.contains(one) && !isIn(members, one, chosen))) {
        return members.stream().filter(one -> isIn(members, one, chosen)).toList();
      }
    }
    return List.of();
  }

  private static boolean isIn(List<StoreId> members, StoreId one, int set) {
    return (set >> members.indexOf(one) & 1) == 1;
  }
}
