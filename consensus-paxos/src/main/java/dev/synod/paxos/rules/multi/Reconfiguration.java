package dev.synod.paxos.rules.multi;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Objection;
import java.util.Optional;

/**
 * When a distinguished proposer proposes a configuration. Whoever is new learns first; then one
 * configuration leads to the goal, whatever the change: each slot is governed by one alone.
 */
final class Reconfiguration {

  private Reconfiguration() {}

  /** Why that change can't begin now, or never can; empty if it can. */
  static Optional<Objection> objection(Leading leading, ChangeRequest request) {
    var state = leading.state();
    var tenure = leading.tenure();
    var now = tenure.regime().configuration();
    boolean isBlocked = now.isChanging() && !ConfigurationSteps.givesWay(now, request);
    if (isBlocked || !tenure.isLatest(state.regimes())) {
      return ConfigurationSteps.underWay(state.configuration());
    }
    if (state.chosen() < leading.recovered() || !tenure.isSettled() || leading.room() < 1) {
      return Optional.of(
          new Objection(true, "this proposer is new, or has much to do; try again later"));
    }
    return ConfigurationSteps.objection(now, request);
  }

  /** The next one of the change under way, if its time has come. */
  static Optional<Configuration> next(Leading leading) {
    var state = leading.state();
    var tenure = leading.tenure();
    var now = tenure.regime().configuration();
    boolean isDue =
        tenure.isSettled()
            && tenure.isLatest(state.regimes())
            && leading.room() > 0
            && tenure.haveCaughtUp(state.chosen(), state.limits().window());
    return isDue ? now.goal().map(goal -> ConfigurationSteps.next(now, goal)) : Optional.empty();
  }
}
