package dev.synod.zab.rules;

import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.zab.protocol.ZabMessage.Successor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/**
 * Leadership on its way to another server. While it is, the leader proposes nothing; once the
 * successor has all, and all of it is committed, everyone is told to go on with that one, without
 * an election: nothing depends on how a leader was found, since discovery counts for itself (Zab
 * §V-B). If that does not come about, the leader leads on after some checks of the quorum.
 *
 * @param to who is to lead next
 * @param checksLeft checks of the quorum until it is given up: logical time
 */
public record Handover(StoreId to, int checksLeft) {

  private static final Comparator<Learner> BEST =
      Comparator.<Learner, Boolean>comparing(learner -> learner.heard())
          .thenComparingLong(Learner::match)
          .thenComparing(Learner::store);

  Optional<Handover> checked() {
    return checksLeft > 1 ? Optional.of(new Handover(to, checksLeft - 1)) : Optional.empty();
  }

  /** Who should lead next, if it is not said: one that is heard, of these one that has most. */
  public static Optional<StoreId> best(Leading leader) {
    return leader.learners().all().stream()
        .filter(learner -> learner.follows() && mayLead(leader, learner.store()))
        .max(BEST)
        .map(Learner::store);
  }

  /** Why leadership can't go to that server now; empty if it can. */
  public static Optional<Objection> objection(Leading leader, StoreId to) {
    var configuration = leader.server().configuration();
    if (configuration.member(to).isEmpty()) {
      return Optional.of(new Objection(false, to + " is not a member of the group"));
    }
    if (!mayLead(leader, to)) {
      return Optional.of(
          new Objection(
              false,
              to + " does not vote, or its vote does not count, or is about to count no more"));
    }
    if (leader.phase() != Phase.BROADCAST) {
      return Optional.of(new Objection(true, "this leader has no quorum yet"));
    }
    if (leader.tenure().handover().filter(other -> !other.to().equals(to)).isPresent()) {
      return Optional.of(new Objection(true, "leadership is on its way to another server already"));
    }
    return leader.learners().has(to, learner -> learner.heard() && learner.follows())
        ? Optional.empty()
        : Optional.of(
            new Objection(true, to + " was not heard of since the last check of the quorum"));
  }

  private static boolean mayLead(Leading leader, StoreId store) {
    var configuration = leader.server().configuration();
    return configuration.membership().voters().contains(store)
        && leader.server().quorum().counts(store)
        && configuration.goal().map(goal -> goal.voters().contains(store)).orElse(true);
  }

  /**
   * Begins to hand over to a server to which there is no objection.
   *
   * @param checks of the quorum after which this leader leads on if that one has not taken over
   */
  public static Step begin(Leading leader, StoreId to, int checks) {
    var handing = leader.with(leader.tenure().handingTo(new Handover(to, checks)));
    return telling(Step.of(leader, handing));
  }

  /** As {@link #begin(Leading, StoreId, int)}, to whoever is best; nothing if there is nobody. */
  public static Step begin(Leading leader, int checks) {
    return best(leader).map(to -> begin(leader, to, checks)).orElseGet(leader::stay);
  }

  /** Tells everyone, and goes on with the successor itself, as soon as that one could lead. */
  static Step telling(Step step) {
    if (!(step.after() instanceof Leading leader) || !isReady(leader)) {
      return step;
    }
    var to = leader.tenure().handover().orElseThrow().to();
    var effects = new ArrayList<>(step.effects());
    effects.addAll(leader.leaving());
    for (Learner learner : leader.learners().all()) {
      var successor = new Successor(leader.self(), leader.epoch(), to);
      effects.add(new Effect.Send(learner.store(), successor));
    }
    return Joined.joining(Looking.resting(leader), to).following(step.before(), effects);
  }

  private static boolean isReady(Leading leader) {
    long last = leader.server().log().last().index();
    return leader.commitIndex() == last
        && leader
            .tenure()
            .handover()
            .filter(one -> leader.learners().has(one.to(), learner -> learner.match() == last))
            .isPresent();
  }
}
