package dev.synod.zab.rules;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.EntryKind;
import dev.synod.core.MembershipChange;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Optional;

/**
 * How a group gets from one membership to another, by transactions of its own as Shraer et al. have
 * it ("Dynamic Reconfiguration of Primary/Backup Clusters", USENIX ATC 2012), and by joint
 * memberships as Raft does (Ongaro and Ousterhout 2014, §6): ADR 24 says why. Who is new observes
 * first. Each step is made by the leader as soon as the one before is committed, so a new leader
 * goes on where the old one ended.
 */
public final class Reconfiguration {

  private Reconfiguration() {}

  /** Why the leader does not begin that change; empty if it does. */
  public static Optional<Objection> objection(Leading leader, ChangeRequest request) {
    if (request.changes().stream().anyMatch(MembershipChange.AddWitness.class::isInstance)) {
      return Optional.of(new Objection(false, "a group of ZAB has no witnesses"));
    }
    if (!leader.takesProposals()) {
      return Optional.of(
          new Objection(true, "this leader has no quorum yet, or its epoch is at its end"));
    }
    return ConfigurationSteps.objection(
            leader.server().memberships(), leader.commitIndex(), request)
        .or(() -> unfit(leader, request));
  }

  /** Among those who would vote then, nobody could decide. */
  private static Optional<Objection> unfit(Leading leader, ChangeRequest request) {
    var goal = ConfigurationSteps.goal(leader.server().configuration(), request);
    return leader.server().voting().objectionTo(goal).map(text -> new Objection(false, text));
  }

  /**
   * Begins a change to which there is no objection: newcomers only observe at first. It goes on by
   * itself.
   */
  public static Step begin(Leading leader, ChangeRequest request) {
    var first = ConfigurationSteps.first(leader.server().configuration(), request);
    return leader.propose(List.of(proposal(first)));
  }

  /**
   * Goes on with a change under way, once its last configuration is committed and those who are to
   * vote have caught up. A leader that is no voter any more hands over, or gives up if nobody could
   * lead. While leadership is handed over, that goes on instead.
   */
  static Step goingOn(Step step) {
    if (!(step.after() instanceof Leading leader)) {
      return step;
    }
    if (leader.tenure().handover().isPresent()) {
      return Handover.telling(step);
    }
    if (!leader.takesProposals()
        || !leader.server().memberships().isCommitted(leader.commitIndex())) {
      return step;
    }
    var next =
        ConfigurationSteps.jointly(
            leader.server().configuration(), store -> hasCaughtUp(leader, store));
    if (next.isPresent()) {
      return leader.propose(List.of(proposal(next.get()))).following(step.before(), step.effects());
    }
    if (leader.server().isVoter(leader.self())) {
      return step;
    }
    var leaves =
        Handover.best(leader)
            .map(to -> Handover.begin(leader, to, Leading.PATIENCE))
            .orElseGet(leader::giveUp);
    return leaves.following(step.before(), step.effects());
  }

  private static boolean hasCaughtUp(Leading leader, StoreId store) {
    return leader
        .learners()
        .has(
            store,
            learner ->
                learner.follows()
                    && !learner.installing()
                    && learner.match() >= leader.commitIndex());
  }

  private static Proposal proposal(Configuration configuration) {
    return new Proposal(EntryKind.CONFIGURATION, configuration.encode());
  }
}
