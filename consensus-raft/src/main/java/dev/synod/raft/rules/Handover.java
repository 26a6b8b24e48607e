package dev.synod.raft.rules;

import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import java.util.Comparator;
import java.util.Optional;

/**
 * Thesis §3.10: leadership on its way to another server. While it is, the leader appends nothing;
 * once the successor has the whole log, and all of it is committed, it is told to stand for
 * election. If it has not taken over after some checks of the quorum, the leader leads on.
 *
 * @param underWay the transfer that has begun and was not given up
 * @param wasTold whether anybody was told to stand in this term. That request may still be on its
 *     way long after the transfer was given up, and whoever gets a vote by it gets it although this
 *     leader is heard
 * @param calmChecks checks of the quorum in a row at which a server of a higher priority was well
 */
public record Handover(Optional<Transfer> underWay, boolean wasTold, int calmChecks) {

  static final Handover NONE = new Handover(Optional.empty(), false, 0);

  private static final Comparator<Progress> BEST =
      Comparator.comparing(Progress::heard)
          .thenComparingInt(Progress::priority)
          .thenComparingLong(Progress::match);

  /**
   * One transfer.
   *
   * @param to who is to lead next
   * @param checksLeft checks of the quorum until it is given up: logical time
   * @param told it has everything and was told to stand
   */
  public record Transfer(StoreId to, int checksLeft, boolean told) {}

  Handover begin(StoreId to, int checks) {
    return new Handover(Optional.of(new Transfer(to, checks, false)), wasTold, 0);
  }

  /** Who is to lead next, if anybody. */
  public Optional<StoreId> successor() {
    return underWay.map(Transfer::to);
  }

  /** Whether the successor can be told to stand now. */
  boolean isReady(Leader leader) {
    long last = leader.server().log().last().index();
    return underWay.isPresent()
        && leader.commitIndex() == last
        && leader.followers().matchOf(underWay.get().to()) == last;
  }

  boolean isTold() {
    return underWay.isPresent() && underWay.get().told();
  }

  Handover told() {
    return new Handover(
        underWay.map(one -> new Transfer(one.to(), one.checksLeft(), true)), true, calmChecks);
  }

  /** A check of the quorum has passed. */
  Handover checked() {
    return new Handover(
        underWay
            .filter(one -> one.checksLeft() > 1)
            .map(one -> new Transfer(one.to(), one.checksLeft() - 1, one.told())),
        wasTold,
        calmChecks);
  }

  /** At this check of the quorum a server of a higher priority was well, or none was. */
  Handover calm(boolean isCalm) {
    return new Handover(underWay, wasTold, isCalm && underWay.isEmpty() ? calmChecks + 1 : 0);
  }

  /**
   * Thesis §3.10: tells the successor to stand, as soon as it could win. Who is no voter will not
   * be asked for a vote, so it would not learn that the election has begun: it steps down now.
   */
  static Step telling(Leader leader, Step step) {
    if (!leader.handover().isReady(leader)) {
      return step;
    }
    var to = leader.handover().successor().orElseThrow();
    var request = new Effect.Send(to, new TimeoutNow(leader.self(), leader.term()));
    var told =
        leader.server().isVoter()
            ? Step.of(leader, leader.with(leader.handover().told()), request)
            : Step.of(leader, leader.follower(), leader.leaving(request));
    return told.following(step.before(), step.effects());
  }

  /**
   * Who should lead next, if it is not said: one that is heard, of these one of the highest
   * priority, of these the one with most entries.
   */
  static Optional<StoreId> best(Leader leader) {
    return leader.followers().all().stream()
        .filter(progress -> progress.priority() > 0 && mayLead(leader, progress.store()))
        .max(BEST)
        .map(Progress::store);
  }

  /** Who is well and should rather lead than this leader. */
  static Optional<StoreId> preferred(Leader leader) {
    return leader.followers().all().stream()
        .filter(progress -> progress.priority() > leader.server().priority().value())
        .filter(progress -> progress.heard() && progress.mode() == Progress.Mode.REPLICATE)
        .filter(progress -> progress.match() >= leader.commitIndex())
        .filter(progress -> mayLead(leader, progress.store()))
        .max(BEST)
        .map(Progress::store);
  }

  /** Why leadership can't go to that server now; empty if it can. */
  static Optional<Objection> objection(Leader leader, StoreId to) {
    var configuration = leader.server().configuration();
    if (configuration.member(to).isEmpty()) {
      return lasting(to + " is not a member of the group");
    }
    if (!configuration.isVoter(to)) {
      return lasting(to + " is a learner: it does not vote, and can't lead");
    }
    if (configuration.isWitness(to)) {
      return lasting(to + " is a witness: it has no state, and can't lead");
    }
    if (!staysVoter(leader, to)) {
      return lasting(to + " is about to lose its vote by the change of membership under way");
    }
    if (leader.handover().successor().filter(other -> !other.equals(to)).isPresent()) {
      return passing("leadership is on its way to another server already");
    }
    return leader.followers().of(to).map(Progress::heard).orElse(false)
        ? Optional.empty()
        : passing(to + " was not heard of since the last check of the quorum");
  }

  private static boolean mayLead(Leader leader, StoreId store) {
    return staysVoter(leader, store) && leader.server().configuration().isFull(store);
  }

  private static boolean staysVoter(Leader leader, StoreId store) {
    var configuration = leader.server().configuration();
    return configuration.membership().voters().contains(store)
        && configuration.goal().map(goal -> goal.voters().contains(store)).orElse(true);
  }

  private static Optional<Objection> lasting(String text) {
    return Optional.of(new Objection(false, text));
  }

  private static Optional<Objection> passing(String text) {
    return Optional.of(new Objection(true, text));
  }
}
