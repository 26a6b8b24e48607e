package dev.synod.actors;

import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A change of a group's members, of one or of several at once: {@code
 * Change.add(n4).and(Change.remove(n1.store()))} replaces n1 by n4.
 *
 * @param wishes in their order
 * @param newcomers where those are that are new
 * @see GroupAdmin#change
 */
public record Change(List<MembershipChange> wishes, List<Member> newcomers) {

  public Change {
    wishes = List.copyOf(wishes);
    newcomers = List.copyOf(newcomers);
  }

  /** It votes, as soon as it has caught up; until then it learns. */
  public static Change add(Member member) {
    return new Change(List.of(new MembershipChange.AddVoter(member.store())), List.of(member));
  }

  /**
   * It votes, as soon as it has caught up, and keeps where entries stand, but neither what they say
   * nor any state: a witness, of which a group has fewer than full replicas. It was no member
   * before.
   */
  public static Change addWitness(Member member) {
    return new Change(List.of(new MembershipChange.AddWitness(member.store())), List.of(member));
  }

  /** It gets all entries and never votes. */
  public static Change addLearner(Member member) {
    return new Change(List.of(new MembershipChange.AddLearner(member.store())), List.of(member));
  }

  /** A learner is to vote. */
  public static Change promote(StoreId learner) {
    return new Change(List.of(new MembershipChange.AddVoter(learner)), List.of());
  }

  /** A voter is only to learn from now on. */
  public static Change demote(StoreId voter) {
    return new Change(List.of(new MembershipChange.AddLearner(voter)), List.of());
  }

  /** It leaves the group. */
  public static Change remove(StoreId store) {
    return new Change(List.of(new MembershipChange.Remove(store)), List.of());
  }

  /** Both, as one change: the group is never between the two. */
  public Change and(Change other) {
    return new Change(
        Stream.concat(wishes.stream(), other.wishes.stream()).toList(),
        Stream.concat(newcomers.stream(), other.newcomers.stream()).toList());
  }
}
