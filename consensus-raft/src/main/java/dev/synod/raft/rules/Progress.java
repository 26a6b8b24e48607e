package dev.synod.raft.rules;

import dev.synod.core.StoreId;

/**
 * §5.3: what the leader knows of one server: Figure 2's {@code nextIndex} and {@code matchIndex},
 * and how it sends.
 *
 * @param next index of the next entry to send
 * @param match highest index known to be durable there and equal to ours
 * @param inflight appends with entries that are unanswered
 * @param heard whether it answered since the last check of the quorum (thesis §6.2)
 * @param round the highest heartbeat round it answered (§8)
 * @param toldCommit the highest commit index sent to it
 * @param priority how much it is wanted as leader, as it said last
 */
public record Progress(
    StoreId store,
    Mode mode,
    long next,
    long match,
    Inflight inflight,
    boolean heard,
    long round,
    long toldCommit,
    int priority) {

  /** How entries are sent. */
  public enum Mode {
    /** One append at a time, until the logs are known to match somewhere. */
    PROBE,
    /** A pipeline of appends, optimistically. */
    REPLICATE,
    /** No appends: a snapshot is under way. */
    SNAPSHOT
  }

  /** Fig. 2: nextIndex starts after the leader's last entry, matchIndex at 0. */
  static Progress atElection(StoreId store, long next) {
    return new Progress(store, Mode.PROBE, next, 0, Inflight.NONE, true, 0, 0, Priority.USUAL);
  }

  /** How many appends with entries are unanswered. */
  public int appendsInFlight() {
    return inflight.count();
  }

  boolean mayBeSentMore(ReplicationLimits limits) {
    return switch (mode) {
      case PROBE -> inflight.count() == 0;
      case REPLICATE -> inflight.count() < limits.appendsInFlightMax();
      case SNAPSHOT -> false;
    };
  }

  /** Entries up to there were sent: in a pipeline, the next ones follow without waiting. */
  Progress sent(long lastIndex, long commitIndex) {
    long newNext = mode == Mode.REPLICATE ? lastIndex + 1 : next;
    return new Progress(
        store,
        mode,
        newNext,
        match,
        inflight.with(lastIndex),
        heard,
        round,
        Math.max(toldCommit, commitIndex),
        priority);
  }

  Progress told(long commitIndex) {
    return new Progress(
        store,
        mode,
        next,
        match,
        inflight,
        heard,
        round,
        Math.max(toldCommit, commitIndex),
        priority);
  }

  /**
   * The logs match up to there. A probe that this does not answer counts as lost: its entries come
   * after {@code next}, which no later answer about {@code next} would ever cover.
   */
  Progress accepted(long matchIndex) {
    long newMatch = Math.max(match, matchIndex);
    return new Progress(
        store,
        Mode.REPLICATE,
        Math.max(next, newMatch + 1),
        newMatch,
        mode == Mode.REPLICATE ? inflight.answered(matchIndex) : Inflight.NONE,
        true,
        round,
        toldCommit,
        priority);
  }

  /**
   * The logs don't match before {@code next}: probe from there. What is known to match stays known.
   */
  Progress probingFrom(long newNext) {
    return new Progress(
        store,
        Mode.PROBE,
        Math.max(match + 1, newNext),
        match,
        Inflight.NONE,
        heard,
        round,
        toldCommit,
        priority);
  }

  /** As if a probe were under way: nothing is sent before {@link Replication#retried}. */
  Progress stalled() {
    return sent(next - 1, 0);
  }

  Progress awaitingSnapshot() {
    return new Progress(
        store, Mode.SNAPSHOT, next, match, Inflight.NONE, heard, round, toldCommit, priority);
  }

  /** It said something, whatever it was. */
  Progress heardFrom() {
    return answered(round, priority);
  }

  Progress answered(long newRound, int newPriority) {
    return new Progress(
        store,
        mode,
        next,
        match,
        inflight,
        true,
        Math.max(round, newRound),
        toldCommit,
        newPriority);
  }

  Progress unheard() {
    return new Progress(store, mode, next, match, inflight, false, round, toldCommit, priority);
  }
}
