package dev.synod.raft.rules;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import java.util.ArrayList;
import java.util.List;

/**
 * §8 and thesis §6.4: linearizable reads without a log entry. A read may be answered from the
 * commit index at which it arrived, once a quorum has confirmed, after it arrived, that there is no
 * newer leader. One round at a time serves all reads that arrived before it began, here or at
 * followers.
 *
 * @param round of the last heartbeats; rises with each
 * @param awaited the round that confirms those reads, or a later one
 * @param index the commit index when that round began
 * @param confirming reads that this round confirms
 * @param waiting reads that came later, or before this leader had committed an entry of its own
 *     term
 */
public record Reads(
    long round, long awaited, long index, List<Asked> confirming, List<Asked> waiting) {

  static final Reads NONE = new Reads(0, 0, 0, List.of(), List.of());

  /**
   * A read, or many that go together.
   *
   * @param by the leader itself, or a follower that answers its own clients
   * @param number of the read, chosen by that one
   */
  public record Asked(StoreId by, long number) {}

  Reads with(Asked read) {
    var more = new ArrayList<>(waiting);
    more.add(read);
    return new Reads(round, awaited, index, confirming, List.copyOf(more));
  }

  /** A follower asks one thing at a time: what it asked before, and still waits here, is over. */
  Reads withThatOf(Asked follower) {
    var others = waiting.stream().filter(other -> !other.by().equals(follower.by())).toList();
    return new Reads(round, awaited, index, confirming, others).with(follower);
  }

  /** Heartbeats are due that no read has asked for. */
  Reads beating() {
    return new Reads(round + 1, awaited, index, confirming, waiting);
  }

  /** Whether a round should begin: reads wait and none is under way. */
  private boolean areDue() {
    return confirming.isEmpty() && !waiting.isEmpty();
  }

  private Reads begin(long commitIndex) {
    return new Reads(round + 1, round + 1, commitIndex, waiting, List.of());
  }

  private boolean areConfirmedBy(long agreedRound) {
    return !confirming.isEmpty() && agreedRound >= awaited;
  }

  private Reads confirmed() {
    return new Reads(round, awaited, index, List.of(), waiting);
  }

  private List<Effect> confirmations(Leader leader) {
    var effects = new ArrayList<Effect>(confirming.size());
    for (Asked read : confirming) {
      boolean own = read.by().equals(leader.self());
      effects.add(
          own
              ? new Effect.ConfirmRead(read.number(), index)
              : new Effect.Send(
                  read.by(),
                  new ReadIndexReply(leader.self(), leader.term(), read.number(), index)));
    }
    return effects;
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
        effects.addAll(served.confirmations(leader));
        served = served.confirmed();
      }
      if (!served.areDue() || leader.commitIndex() < leader.termStart()) {
        return leader.with(served);
      }
      served = served.begin(leader.commitIndex());
      Replication.beat(leader, served.round(), effects);
    }
  }

  /**
   * Thesis §6.4.1: whether nobody else can have been elected yet. Members that answered a recent
   * round have promised to vote for nobody for a while, unless the leader itself told somebody to
   * stand: from then on its lease is over, until it is elected anew.
   *
   * @param since the oldest round that counts as recent
   */
  static boolean leaseRuns(Leader leader, long since) {
    return !leader.handover().wasTold()
        && leader.commitIndex() >= leader.termStart()
        && agreedRound(leader) >= since;
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
