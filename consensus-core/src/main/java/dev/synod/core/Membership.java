package dev.synod.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Who votes and who only learns: the arithmetic of changes, with nothing but ids (Raft §6; thesis
 * §4.1 for one voter at a time, §4.3 for any change). A refused change throws {@link
 * IllegalArgumentException} and says why; nothing is changed in place. All lists are sorted, each
 * id once.
 *
 * @param voters whose majority decides; in a joint membership, the new ones
 * @param outgoing the old voters of a joint membership, whose majority must agree too; else empty
 * @param learners get entries, don't vote
 * @param learnersNext voters of {@code outgoing} that become learners when the joint membership
 *     ends; until then they must be nothing but voters
 */
public record Membership(
    List<StoreId> voters,
    List<StoreId> outgoing,
    List<StoreId> learners,
    List<StoreId> learnersNext) {

  public Membership {
    voters = sorted(voters);
    outgoing = sorted(outgoing);
    learners = sorted(learners);
    learnersNext = sorted(learnersNext);
    require(!voters.isEmpty(), "a group needs at least one voter");
    for (StoreId learner : learners) {
      require(
          !voters.contains(learner) && !outgoing.contains(learner),
          "a learner can't vote as well: " + learner);
    }
    for (StoreId next : learnersNext) {
      require(
          outgoing.contains(next) && !voters.contains(next),
          "only an outgoing voter can become a learner next: " + next);
    }
  }

  /** Voters only. */
  public static Membership of(Collection<StoreId> voters) {
    return of(voters, List.of());
  }

  /** Voters and learners, not joint. */
  public static Membership of(Collection<StoreId> voters, Collection<StoreId> learners) {
    return new Membership(List.copyOf(voters), List.of(), List.copyOf(learners), List.of());
  }

  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  /** The majority of the voters, or both majorities while joint. */
  public Quorum quorum() {
    var incoming = new Majority(voters);
    return isJoint() ? new JointQuorum(incoming, new Majority(outgoing)) : incoming;
  }

  /** Whether it votes, in either half. */
  public boolean isVoter(StoreId store) {
    return voters.contains(store) || outgoing.contains(store);
  }

  /** All who get entries. */
  public List<StoreId> all() {
    var all = new TreeSet<>(voters);
    all.addAll(outgoing);
    all.addAll(learners);
    return List.copyOf(all);
  }

  /** Changes at most one voter, so that old and new majorities overlap without a joint phase. */
  public Membership simple(List<MembershipChange> changes) {
    require(!isJoint(), "a joint membership must be left before another change");
    var after = changed(changes);
    require(
        difference(voters, after.voters) <= 1,
        "more than one voter changes: that takes a joint membership");
    return after;
  }

  /** Begins any change: from now on both majorities decide. */
  public Membership enterJoint(List<MembershipChange> changes) {
    require(!isJoint(), "the membership is joint already");
    return new Membership(voters, voters, learners, List.of()).changed(changes);
  }

  /** Ends a joint membership: the new majority decides alone. */
  public Membership leaveJoint() {
    require(isJoint(), "the membership is not joint, so there is nothing to leave");
    var learning = new TreeSet<>(learners);
    learning.addAll(learnersNext);
    return of(voters, learning);
  }

  /** What would have to change to come from here to there, neither being joint. */
  public List<MembershipChange> changesTo(Membership target) {
    require(!isJoint() && !target.isJoint(), "changes lead from one settled membership to another");
    var changes = new ArrayList<MembershipChange>();
    for (StoreId store : target.voters) {
      if (!voters.contains(store)) {
        changes.add(new MembershipChange.AddVoter(store));
      }
    }
    for (StoreId store : target.learners) {
      if (!learners.contains(store)) {
        changes.add(new MembershipChange.AddLearner(store));
      }
    }
    for (StoreId store : all()) {
      if (!target.voters.contains(store) && !target.learners.contains(store)) {
        changes.add(new MembershipChange.Remove(store));
      }
    }
    return changes;
  }

  private Membership changed(List<MembershipChange> changes) {
    var voting = new TreeSet<>(voters);
    var learning = new TreeSet<>(learners);
    var next = new TreeSet<>(learnersNext);
    for (MembershipChange change : changes) {
      var store = change.store();
      boolean learns = learning.contains(store) || next.contains(store);
      if (change instanceof MembershipChange.AddLearner && learns) {
        continue;
      }
      voting.remove(store);
      learning.remove(store);
      next.remove(store);
      if (change instanceof MembershipChange.AddVoter) {
        voting.add(store);
      } else if (change instanceof MembershipChange.AddLearner) {
        (outgoing.contains(store) ? next : learning).add(store);
      }
    }
    require(!voting.isEmpty(), "all voters would be removed");
    return new Membership(List.copyOf(voting), outgoing, List.copyOf(learning), List.copyOf(next));
  }

  private static long difference(List<StoreId> one, List<StoreId> other) {
    return one.stream().filter(store -> !other.contains(store)).count()
        + other.stream().filter(store -> !one.contains(store)).count();
  }

  private static List<StoreId> sorted(List<StoreId> stores) {
    return stores.stream().distinct().sorted().toList();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
