package dev.synod.zab.rules;

import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import java.util.Optional;

/**
 * What a leader leads.
 *
 * @param epoch zero until a quorum has introduced itself
 * @param history its {@code currentEpoch} when it was elected
 * @param start where its initial history ends
 * @param counted whether its own acceptance of its epoch is durable
 * @param checks of the quorum since it was elected or found its epoch, up to {@link
 *     Leading#PATIENCE}
 * @param handover whether another one is to lead
 */
public record Tenure(
    Term epoch,
    Term history,
    LogPosition start,
    boolean counted,
    int checks,
    Optional<Handover> handover) {

  static Tenure of(Term history, LogPosition start) {
    return new Tenure(Term.ZERO, history, start, false, 0, Optional.empty());
  }

  Tenure in(Term found) {
    return new Tenure(found, history, start, counted, 0, handover);
  }

  Tenure counting() {
    return new Tenure(epoch, history, start, true, checks, handover);
  }

  Tenure checked() {
    int more = Math.min(checks + 1, Leading.PATIENCE);
    return new Tenure(epoch, history, start, counted, more, handover.flatMap(Handover::checked));
  }

  Tenure handingTo(Handover next) {
    return new Tenure(epoch, history, start, counted, checks, Optional.of(next));
  }

  /** Whether that server has a newer history: by its epoch first, then by where it ends. */
  boolean isBehind(AckEpoch other) {
    int compared = other.currentEpoch().compareTo(history);
    return compared > 0 || (compared == 0 && other.last().compareTo(start) > 0);
  }
}
