package dev.synod.raft.rules;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.EntryKind;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import java.util.Optional;

/**
 * §6: how a group gets from one membership to another. New servers are learners first (thesis
 * §4.2.1); once those that are to vote have caught up, the group goes through a joint membership,
 * whatever the change. Each step is a configuration of its own, made by the leader as soon as the
 * one before is committed, so a new leader goes on where the old one ended.
 */
final class Reconfiguration {

  private Reconfiguration() {}

  /** Why the leader does not begin that change; empty if it does. */
  static Optional<Objection> objection(Leader leader, ChangeRequest request) {
    if (leader.commitIndex() < leader.termStart()) {
      return passing("this leader is new and does not know yet what is committed");
    }
    if (!leader.takesProposals()) {
      return passing("leadership is on its way to another server");
    }
    return ConfigurationSteps.objection(
        leader.server().memberships(), leader.commitIndex(), request);
  }

  private static Optional<Objection> passing(String text) {
    return Optional.of(new Objection(true, text));
  }

  /**
   * The first configuration of a change: newcomers only learn.
   *
   * @throws IllegalArgumentException if the change is impossible; the text says why
   */
  static Proposal begin(Configuration now, ChangeRequest request) {
    return proposal(ConfigurationSteps.first(now, request));
  }

  /** The next configuration of the change under way, if its time has come. */
  static Optional<Proposal> next(Leader leader) {
    var memberships = leader.server().memberships();
    var now = memberships.latest();
    if (!now.isChanging()
        || leader.commitIndex() < leader.termStart()
        || !memberships.isCommitted(leader.commitIndex())) {
      return Optional.empty();
    }
    return ConfigurationSteps.jointly(now, store -> hasCaughtUp(leader, store))
        .map(Reconfiguration::proposal);
  }

  /** Thesis §4.2.1: who is about to vote must not keep the group from committing. */
  private static boolean hasCaughtUp(Leader leader, StoreId store) {
    return leader
        .followers()
        .of(store)
        .filter(progress -> progress.mode() == Progress.Mode.REPLICATE)
        .filter(progress -> progress.match() >= leader.commitIndex())
        .isPresent();
  }

  private static Proposal proposal(Configuration configuration) {
    return new Proposal(EntryKind.CONFIGURATION, configuration.encode());
  }
}
