package dev.synod.raft.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * §8 and thesis §6.4: linearizable reads without a log entry. A read may be answered from the
 * commit index at which it arrived, once a quorum has confirmed, after it arrived, that there is no
 * newer leader. One round at a time serves all reads that arrived before it began.
 *
 * @param round of the last confirmation asked for; rises
 * @param index the commit index when that round began
 * @param confirming reads that this round confirms
 * @param waiting reads that came later, or before this leader had committed an entry of its own
 *     term
 */
public record Reads(long round, long index, List<Long> confirming, List<Long> waiting) {

  static final Reads NONE = new Reads(0, 0, List.of(), List.of());

  Reads with(long read) {
    var more = new ArrayList<>(waiting);
    more.add(read);
    return new Reads(round, index, confirming, List.copyOf(more));
  }

  /** Whether a round should begin: reads wait and none is under way. */
  boolean areDue() {
    return confirming.isEmpty() && !waiting.isEmpty();
  }

  Reads begin(long commitIndex) {
    return new Reads(round + 1, commitIndex, waiting, List.of());
  }

  boolean areConfirmedBy(long agreedRound) {
    return !confirming.isEmpty() && agreedRound >= round;
  }

  Reads confirmed() {
    return new Reads(round, index, List.of(), waiting);
  }

  List<Effect> confirmations() {
    return confirming.stream().map(read -> (Effect) new Effect.ConfirmRead(read, index)).toList();
  }

  /**
   * First an entry of the leader's own term must be committed, or its commit index may be behind;
   * then a quorum must confirm, or there may be a newer leader.
   */
  Leader served(Leader leader, List<Effect> effects) {
    var served = this;
    long agreedRound = agreedRound(leader);
    while (true) {
      if (served.areConfirmedBy(agreedRound)) {
        effects.addAll(served.confirmations());
        served = served.confirmed();
      }
      if (!served.areDue() || leader.commitIndex() < leader.termStart()) {
        return leader.with(served);
      }
      served = served.begin(leader.commitIndex());
      Replication.beat(leader, served.round(), effects);
    }
  }

  /** The newest round that a quorum has answered; the leader itself answers at once. */
  private static long agreedRound(Leader leader) {
    return leader
        .server()
        .quorum()
        .agreedValue(
            store ->
                store.equals(leader.self())
                    ? Long.MAX_VALUE
                    : leader.followers().of(store).map(Progress::round).orElse(0L));
  }
}
