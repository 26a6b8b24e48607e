package dev.synod.testkit.cluster;

import dev.synod.actors.Change;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.StoreId;
import dev.synod.testkit.engine.Draw;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change of members, and where it must lead; the goal is worked out here, not taken from the
 * product.
 */
record Wish(Change change, Membership goal) {

  /** Most changes are of one member, some replace one, few turn the group over. */
  private static final int[] PARTS = {1, 1, 1, 1, 2, 2, 2, 3, 4, 5};

  /**
   * Draws one for a group of such members.
   *
   * @param present who may be let in
   * @param kinds which stores are witnesses, and which are not: none is the one and then the other
   * @return empty if what was drawn would leave no voter, or no minority of witnesses
   */
  static Optional<Wish> draw(
      Draw draw, Configuration now, Collection<Member> present, Kinds kinds) {
    var voters = new TreeSet<>(now.membership().voters());
    var learners = new TreeSet<>(now.membership().learners());
    kinds.learn(now);
    var changes = new ArrayList<Change>();
    var concerned = candidates(now, present);
    int parts = PARTS[(int) draw.nextLong(PARTS.length)];
    for (int i = 0; i < parts && !concerned.isEmpty(); i++) {
      var member = concerned.remove((int) draw.nextLong(concerned.size()));
      changes.add(
          kinds.isWitness(draw, member.store())
              ? ofWitness(member, voters, learners)
              : part(draw, member, voters, learners));
    }
    var witnesses = new TreeSet<>(voters);
    witnesses.addAll(learners); // one whose change gave way learns on
    witnesses.removeIf(store -> !kinds.isWitness(draw, store));
    return changes.stream()
        .reduce(Change::and)
        .flatMap(change -> goal(voters, learners, witnesses).map(goal -> new Wish(change, goal)));
  }

  private static Optional<Membership> goal(
      Collection<StoreId> voters, Collection<StoreId> learners, Collection<StoreId> witnesses) {
    try {
      return Optional.of(Membership.of(voters, learners, witnesses));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }

  private static Change ofWitness(
      Member member, TreeSet<StoreId> voters, TreeSet<StoreId> learners) {
    if (voters.remove(member.store()) || learners.remove(member.store())) {
      return Change.remove(member.store());
    }
    voters.add(member.store());
    return Change.addWitness(member);
  }

  private static List<Member> candidates(Configuration now, Collection<Member> present) {
    var all = new TreeMap<StoreId, Member>();
    now.members().forEach(member -> all.put(member.store(), member));
    present.forEach(member -> all.put(member.store(), member));
    return new ArrayList<>(all.values());
  }

  private static Change part(
      Draw draw, Member member, TreeSet<StoreId> voters, TreeSet<StoreId> learners) {
    var store = member.store();
    boolean first = draw.nextLong(2) == 0;
    if (voters.remove(store)) {
      return first ? Change.remove(store) : demoted(store, learners);
    } else if (learners.remove(store)) {
      return first ? Change.remove(store) : promoted(store, voters);
    }
    boolean votes = first || draw.nextLong(2) == 0;
    (votes ? voters : learners).add(store);
    return votes ? Change.add(member) : Change.addLearner(member);
  }

  private static Change demoted(StoreId store, TreeSet<StoreId> learners) {
    learners.add(store);
    return Change.demote(store);
  }

  private static Change promoted(StoreId store, TreeSet<StoreId> voters) {
    voters.add(store);
    return Change.promote(store);
  }
}
