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
 * @param witnesses those of the others that keep where entries stand and nothing else: voters, or
 *     learners that are about to be voters, or whose change gave way. A minority of the voters, so
 *     that every majority has an entry in full; who is one stays one
 */
public record Membership(
    List<StoreId> voters,
    List<StoreId> outgoing,
    List<StoreId> learners,
    List<StoreId> learnersNext,
    List<StoreId> witnesses) {

  public Membership {
    voters = sorted(voters);
    outgoing = sorted(outgoing);
    learners = sorted(learners);
    learnersNext = sorted(learnersNext);
    witnesses = sorted(witnesses);
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
    for (StoreId witness : witnesses) {
      require(
          voters.contains(witness) || outgoing.contains(witness) || learners.contains(witness),
          "a witness votes, or is about to: " + witness);
      require(!learnersNext.contains(witness), "a witness can't become a learner: " + witness);
    }
    requireFew(witnesses, voters);
    requireFew(witnesses, outgoing);
  }

  private static void requireFew(List<StoreId> witnesses, List<StoreId> voters) {
    long count = voters.stream().filter(witnesses::contains).count();
    if (count > 0 && 2 * count >= voters.size()) {
      throw new IllegalArgumentException(
          "%d of %d voters would be witnesses, which have no state: they must be a minority"
              .formatted(count, voters.size()));
    }
  }

  /** Voters only. */
  public static Membership of(Collection<StoreId> voters) {
    return of(voters, List.of());
  }

  /** Voters and learners, not joint. */
  public static Membership of(Collection<StoreId> voters, Collection<StoreId> learners) {
    return of(voters, learners, List.of());
  }

  /** Voters and learners, some of them witnesses, not joint. */
  public static Membership of(
      Collection<StoreId> voters, Collection<StoreId> learners, Collection<StoreId> witnesses) {
    return new Membership(
        List.copyOf(voters), List.of(), List.copyOf(learners), List.of(), List.copyOf(witnesses));
  }

  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  /** The majority of the voters, or both majorities while joint. */
  public Quorum quorum() {
    var incoming = new Majority(voters);
    return isJoint() ? new JointQuorum(incoming, new Majority(outgoing)) : incoming;
  }

  /**
   * The same of those alone that have the state: what it is can't be asked of witnesses. It decides
   * nothing that is to be kept.
   */
  public Quorum fullQuorum() {
    var incoming = new Majority(without(witnesses, voters));
    return isJoint()
        ? new JointQuorum(incoming, new Majority(without(witnesses, outgoing)))
        : incoming;
  }

  /** Whether it keeps where entries stand, and no more. */
  public boolean isWitness(StoreId store) {
    return witnesses.contains(store);
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
    return new Membership(voters, voters, learners, List.of(), witnesses).changed(changes);
  }

  /** Before any change: who is new in that goal learns, as a witness if it is to be one. */
  public Membership admitting(Membership goal) {
    require(!isJoint(), "a joint membership must be left before another change");
    var learning = new TreeSet<>(learners);
    var witnessing = new TreeSet<>(witnesses);
    for (StoreId newcomer : without(all(), goal.all())) {
      learning.add(newcomer);
      if (goal.isWitness(newcomer)) {
        witnessing.add(newcomer);
      }
    }
    return of(voters, learning, witnessing);
  }

  /** Ends a joint membership: the new majority decides alone. */
  public Membership leaveJoint() {
    require(isJoint(), "the membership is not joint, so there is nothing to leave");
    var learning = new TreeSet<>(learners);
    learning.addAll(learnersNext);
    var staying = new TreeSet<>(voters);
    staying.addAll(learning);
    staying.retainAll(witnesses);
    return of(voters, learning, staying);
  }

  /** What would have to change to come from here to there, neither being joint. */
  public List<MembershipChange> changesTo(Membership target) {
    require(!isJoint() && !target.isJoint(), "changes lead from one settled membership to another");
    var changes = new ArrayList<MembershipChange>();
    for (StoreId store : target.voters) {
      if (!voters.contains(store)) {
        changes.add(
            target.isWitness(store)
                ? new MembershipChange.AddWitness(store)
                : new MembershipChange.AddVoter(store));
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
    var witnessing = new TreeSet<>(witnesses);
    for (MembershipChange change : changes) {
      var store = change.store();
      requireSameKind(change);
      boolean learns = learning.contains(store) || next.contains(store);
      if (change instanceof MembershipChange.AddLearner && learns) {
        continue;
      }
      voting.remove(store);
      learning.remove(store);
      next.remove(store);
      if (change instanceof MembershipChange.AddVoter) {
        voting.add(store);
      } else if (change instanceof MembershipChange.AddWitness) {
        voting.add(store);
        witnessing.add(store);
      } else if (change instanceof MembershipChange.AddLearner) {
        (outgoing.contains(store) ? next : learning).add(store);
      }
    }
    require(!voting.isEmpty(), "all voters would be removed");
    witnessing.removeIf(
        store -> !voting.contains(store) && !outgoing.contains(store) && !learning.contains(store));
    return new Membership(
        List.copyOf(voting),
        outgoing,
        List.copyOf(learning),
        List.copyOf(next),
        List.copyOf(witnessing));
  }

  /** What a witness lacks can't be made up for while it counts; so it stays one till it leaves. */
  private void requireSameKind(MembershipChange change) {
    var store = change.store();
    boolean asWitness = change instanceof MembershipChange.AddWitness;
    if (change instanceof MembershipChange.Remove || !all().contains(store)) {
      return;
    }
    require(
        isWitness(store) == asWitness,
        "%s is a %s and can't become a %s: remove it, and add a new store in its place"
            .formatted(
                store,
                asWitness ? "full replica" : "witness",
                asWitness ? "witness" : "full replica"));
  }

  private static long difference(List<StoreId> one, List<StoreId> other) {
    return one.stream().filter(store -> !other.contains(store)).count()
        + other.stream().filter(store -> !one.contains(store)).count();
  }

  private static List<StoreId> without(List<StoreId> some, List<StoreId> all) {
    return all.stream().filter(store -> !some.contains(store)).toList();
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
