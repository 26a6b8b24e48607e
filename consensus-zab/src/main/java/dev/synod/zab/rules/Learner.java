package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.Optional;

/**
 * What a leader knows of one other server, which follows or observes.
 *
 * @param proposed whether it gets proposals: it votes, or is to vote once it has caught up. The
 *     others get what is committed
 * @param accepted the epoch that it had accepted when it introduced itself
 * @param counted whether it has accepted this leader's epoch
 * @param installing whether a snapshot is on its way there
 * @param follows whether it has taken over the leader's initial history
 * @param match highest index known to be durable there and equal to ours; -1 before it follows
 * @param next index of the next entry to send
 * @param resumed where sending began anew; -1 if it has acknowledged something since
 * @param target what it must have before it may serve clients
 * @param upToDate whether it was told that it may
 * @param told the highest commit index sent to it
 * @param heard whether it answered since the last check of the quorum
 * @param round the highest round of pings that it answered
 */
public record Learner(
    StoreId store,
    boolean proposed,
    Optional<Term> accepted,
    boolean counted,
    boolean installing,
    boolean follows,
    long match,
    long next,
    long resumed,
    long target,
    boolean upToDate,
    long told,
    boolean heard,
    long round) {

  private static final long NONE = -1;

  static Learner unheard(StoreId store, boolean proposed) {
    return new Learner(
        store,
        proposed,
        Optional.empty(),
        false,
        false,
        false,
        NONE,
        0,
        NONE,
        0,
        false,
        0,
        false,
        0);
  }

  /** FOLLOWERINFO. */
  Learner introduced(Term epoch) {
    return new Learner(
        store,
        proposed,
        Optional.of(epoch),
        counted,
        installing,
        follows,
        match,
        next,
        resumed,
        target,
        upToDate,
        told,
        true,
        round);
  }

  /** ACKEPOCH. */
  Learner acknowledging(boolean counts) {
    return new Learner(
        store,
        proposed,
        accepted,
        counted || counts,
        installing,
        follows,
        match,
        next,
        resumed,
        target,
        upToDate,
        told,
        true,
        round);
  }

  /** Whether it gets proposals from now on. */
  Learner proposed(boolean now) {
    return new Learner(
        store,
        now,
        accepted,
        counted,
        installing,
        follows,
        match,
        next,
        resumed,
        target,
        upToDate,
        told,
        heard,
        round);
  }

  Learner installing(boolean now) {
    return new Learner(
        store, proposed, accepted, counted, now, follows, match, next, resumed, target, upToDate,
        told, heard, round);
  }

  /** ACK of NEWLEADER: it is sent what comes after, and may serve once it has what is committed. */
  Learner following(long lastIndex, long committed) {
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        false,
        true,
        Math.max(match, lastIndex),
        lastIndex + 1,
        NONE,
        committed,
        false,
        0,
        true,
        round);
  }

  Learner acknowledged(long lastIndex) {
    boolean isNew = lastIndex > match;
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        installing,
        follows,
        Math.max(match, lastIndex),
        Math.max(next, lastIndex + 1),
        isNew ? NONE : resumed,
        target,
        upToDate,
        told,
        true,
        round);
  }

  /** Entries up to there, and that commit index, were sent. */
  Learner sent(long lastIndex, long commitIndex) {
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        installing,
        follows,
        match,
        lastIndex + 1,
        resumed,
        target,
        upToDate,
        Math.max(told, commitIndex),
        heard,
        round);
  }

  /** Something is missing there: it is sent once more, and only once for each gap. */
  Learner resuming(long from) {
    boolean isNew = from < next && from > match && from != resumed;
    return isNew
        ? new Learner(
            store,
            proposed,
            accepted,
            counted,
            installing,
            follows,
            match,
            from,
            from,
            target,
            upToDate,
            told,
            true,
            round)
        : answering(round);
  }

  /** It is asked what it has: whatever it says, it is sent what comes after. */
  Learner asked() {
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        installing,
        follows,
        match,
        next,
        NONE,
        target,
        upToDate,
        told,
        heard,
        round);
  }

  Learner serving() {
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        installing,
        follows,
        match,
        next,
        resumed,
        target,
        true,
        told,
        heard,
        round);
  }

  Learner answering(long answered) {
    return heard(true, Math.max(round, answered));
  }

  Learner silent() {
    return heard(false, round);
  }

  private Learner heard(boolean now, long answered) {
    return new Learner(
        store,
        proposed,
        accepted,
        counted,
        installing,
        follows,
        match,
        next,
        resumed,
        target,
        upToDate,
        told,
        now,
        answered);
  }
}
