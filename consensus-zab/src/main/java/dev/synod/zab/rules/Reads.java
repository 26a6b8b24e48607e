package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import dev.synod.zab.protocol.ZabMessage.SyncReply;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads that must see all that was acknowledged before them. ZooKeeper's {@code sync} asks the
 * leader alone, who may have been deposed without knowing it; here a quorum confirms, after the
 * read came, that it still follows. One round at a time serves all that came before it began.
 *
 * @param round of the last pings; rises with each
 * @param awaited the round that confirms those reads, or a later one
 * @param index what was committed when that round began
 * @param confirming reads that this round confirms
 * @param waiting reads that came later, or before the leader had a quorum
 */
public record Reads(
    long round, long awaited, long index, List<Asked> confirming, List<Asked> waiting) {

  static final Reads NONE = new Reads(0, 0, 0, List.of(), List.of());

  /**
   * A read, or many that go together.
   *
   * @param by the leader itself, or who answers its own clients
   * @param number of the read, chosen by that one
   */
  public record Asked(StoreId by, long number) {}

  Reads with(Asked read) {
    var more = new ArrayList<>(waiting);
    more.add(read);
    return new Reads(round, awaited, index, confirming, List.copyOf(more));
  }

  /** Others ask one thing at a time: what that one asked before, and still waits, is over. */
  Reads withThatOf(Asked other) {
    var rest = waiting.stream().filter(one -> !one.by().equals(other.by())).toList();
    return new Reads(round, awaited, index, confirming, rest).with(other);
  }

  /** Pings are due that no read has asked for. */
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

  /**
   * First a quorum must have taken over the leader's history, or what it knows to be committed may
   * be behind; then one must confirm, or there may be a newer leader.
   */
  static Leading served(Leading leader, List<Effect> effects) {
    var served = leader;
    long agreed = leader.agreedRound();
    while (true) {
      var reads = served.reads();
      if (reads.areConfirmedBy(agreed)) {
        reads.confirming().forEach(read -> effects.add(reads.confirmation(leader, read)));
        served = served.with(reads.confirmed());
      }
      if (leader.phase() != Phase.BROADCAST || !served.reads().areDue()) {
        return served;
      }
      served = served.with(served.reads().begin(leader.commitIndex()));
      Broadcast.ping(served, effects);
    }
  }

  private Effect confirmation(Leading leader, Asked read) {
    return read.by().equals(leader.self())
        ? new Effect.ConfirmRead(read.number(), index)
        : new Effect.Send(
            read.by(), new SyncReply(leader.self(), leader.epoch(), read.number(), index));
  }
}
