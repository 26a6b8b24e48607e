package dev.synod.zab.rules;

import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;

/**
 * What a leader leads.
 *
 * @param epoch zero until a quorum has introduced itself
 * @param history its {@code currentEpoch} when it was elected
 * @param start where its initial history ends
 * @param counted whether its own acceptance of its epoch is durable
 * @param checks of the quorum since it was elected or found its epoch, up to {@link
 *     Leading#PATIENCE}
 */
public record Tenure(Term epoch, Term history, LogPosition start, boolean counted, int checks) {

  static Tenure of(Term history, LogPosition start) {
    return new Tenure(Term.ZERO, history, start, false, 0);
  }

  Tenure in(Term found) {
    return new Tenure(found, history, start, counted, 0);
  }

  Tenure counting() {
    return new Tenure(epoch, history, start, true, checks);
  }

  Tenure checked() {
    return new Tenure(epoch, history, start, counted, Math.min(checks + 1, Leading.PATIENCE));
  }

  /** Whether that server has a newer history: by its epoch first, then by where it ends. */
  boolean isBehind(AckEpoch other) {
    int compared = other.currentEpoch().compareTo(history);
    return compared > 0 || (compared == 0 && other.last().compareTo(start) > 0);
  }
}
