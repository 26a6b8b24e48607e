package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a server stands for election. All vote for the newest history, but by what that says its
 * owner may need servers that are gone for good, while the others are a quorum without it: then
 * they decide for it, join it in vain, and decide for it again. So it lets others be first for a
 * round, for two the next time, and so on, until it has a leader: several such servers come to
 * abstain together. The papers have one configuration only, in which that can't be: whoever has the
 * newest history of a quorum can be elected by it.
 *
 * @param joiners who have decided for this server, each as often as it has said so
 * @param rounds for how many it is to abstain if it is joined in vain once more
 * @param left for how many it does now, this one included
 * @param reminders after how many more it stands in this round all the same: it may be needed
 */
record Candidacy(List<StoreId> joiners, int rounds, int left, int reminders) {

  static final Candidacy STANDING = new Candidacy(List.of(), 1, 0, 0);

  /** In which the others can elect one of them, who begin together. */
  static final int REMINDERS = 4;

  /** As many such servers come to abstain together. */
  private static final int ROUNDS_MAX = 8;

  /** By then it has had time to hear whatever could make it the leader. */
  private static final int IN_VAIN = 3;

  Candidacy {
    joiners = List.copyOf(joiners);
  }

  boolean stands() {
    return left == 0;
  }

  /** That one has decided for this server, which is not elected by what it knows. */
  Candidacy joinedBy(StoreId store) {
    var more = Stream.concat(joiners.stream(), Stream.of(store)).toList();
    return Collections.frequency(more, store) < IN_VAIN
        ? new Candidacy(more, rounds, left, reminders)
        : new Candidacy(List.of(), Math.min(2 * rounds, ROUNDS_MAX), rounds, REMINDERS);
  }

  Candidacy reminded() {
    return reminders > 1
        ? new Candidacy(joiners, rounds, left, reminders - 1)
        : new Candidacy(joiners, rounds, 0, 0);
  }

  Candidacy inNextRound() {
    return left > 1
        ? new Candidacy(joiners, rounds, left - 1, REMINDERS)
        : new Candidacy(joiners, rounds, 0, 0);
  }
}
