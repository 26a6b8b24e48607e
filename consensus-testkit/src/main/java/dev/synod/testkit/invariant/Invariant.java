package dev.synod.testkit.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A property that must hold after every change. */
public interface Invariant {

  /** What is fine. */
  Optional<String> HOLDS = Optional.empty();

  /** In words, such as {@code election safety}. */
  String name();

  /** Looks at a change, which the view shows already; a text says how the property is broken. */
  Optional<String> after(Change change, GroupView group);

  /** All of this package, fresh. */
  static List<Invariant> all() {
    return List.of(
        new ElectionSafety(),
        new WitnessesStandAside(),
        new LeaderAppendOnly(),
        new LogMatching(),
        new LeaderCompleteness(),
        new StateMachineSafety(),
        new DurableEpoch(),
        new DurableVote(),
        new DurableConfirmation(),
        new CommittedInFull(),
        new DurableCommit(),
        new ElectedByQuorum(),
        new NewestCounts(),
        new OverlappingSteps(),
        new NewVotersKnow(),
        new SnapshotNamesMembers(),
        new ChangesDoNotCross(),
        new CoveredCompaction(),
        new CommitMonotonic(),
        new AppliesCommitted(),
        new SnapshotsAgree(),
        new NothingAcknowledgedIsLost(),
        new ExactlyOnce(),
        new RejectedIsNotTaken(),
        new ReadsSeeAcknowledged(),
        new BoundedReadsAreBounded(),
        new BoundedQueues(),
        new WatchesComplete(),
        new FailsForDiskOnly());
  }

  /**
   * Those that look at what is applied, answered and known to be committed, and not into the log: a
   * protocol whose log is no sequence of what is committed has invariants of its own for it.
   */
  static List<Invariant> ofOrder() {
    return List.of(
        new StateMachineSafety(),
        new OneConfigurationAVersion(),
        new ChangesDoNotCross(),
        new CommitMonotonic(false),
        new AppliesCommitted(),
        new NothingAcknowledgedIsLost(),
        new ExactlyOnce(),
        new RejectedIsNotTaken(),
        new ReadsSeeAcknowledged(),
        new BoundedReadsAreBounded(),
        new BoundedQueues(),
        new WatchesComplete(),
        new FailsForDiskOnly());
  }

  /**
   * Those of {@link #ofOrder}, and what must hold of acceptors' promises and votes where each place
   * of a log is decided by itself.
   */
  static List<Invariant> ofSlots(SlotRules rules) {
    var all =
        new ArrayList<Invariant>(
            List.of(
                new OneValueABallot(),
                new ChosenStaysChosen(rules),
                new DurablePromise(),
                new DurableAcceptance(rules),
                new ChosenByQuorum(rules),
                new NotedCompaction()));
    all.addAll(ofOrder());
    return List.copyOf(all);
  }
}
