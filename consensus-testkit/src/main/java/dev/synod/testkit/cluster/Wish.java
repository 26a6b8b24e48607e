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
   * @return empty if what was drawn would leave no voter
   */
  static Optional<Wish> draw(Draw draw, Configuration now, Collection<Member> present) {
    var voters = new TreeSet<>(now.membership().voters());
    var learners = new TreeSet<>(now.membership().learners());
    var changes = new ArrayList<Change>();
    var concerned = candidates(now, present);
    int parts = PARTS[(int) draw.nextLong(PARTS.length)];
    for (int i = 0; i < parts && !concerned.isEmpty(); i++) {
      var member = concerned.remove((int) draw.nextLong(concerned.size()));
      changes.add(part(draw, member, voters, learners));
    }
    return changes.stream()
        .reduce(Change::and)
        .filter(change -> !voters.isEmpty())
        .map(change -> new Wish(change, Membership.of(voters, learners)));
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
