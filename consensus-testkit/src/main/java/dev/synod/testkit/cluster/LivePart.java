package dev.synod.testkit.cluster;

import static dev.synod.testkit.fault.Nemesis.SLOWEST_CLOCK;

import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.stream.Collectors;

/** The liveness phase: nothing goes wrong any more, so within a bound all must be well. */
final class LivePart {

  private static final String NAME = "a healed group recovers";

  private static final Duration ROUND = Duration.ofSeconds(5);

  /**
   * A watcher may be turned away by each of five replicas after four intervals of {@code
   * synod.watch.retry-interval}, where settings are drawn that leave room for one watcher only.
   */
  private static final Duration WATCHING = Duration.ofSeconds(20);

  /** By {@code synod.client.ask-timeout} every call has its outcome, by the slowest clock. */
  private static final Duration CALLING = Duration.ofSeconds((long) (10 / SLOWEST_CLOCK) + 1);

  private final GroupWorld group;
  private final Duration bound;

  LivePart(GroupWorld group, Duration bound) {
    this.group = group;
    this.bound = bound;
  }

  void check() {
    long start = group.engine().nanoTime();
    if (!group.runUntil(this::isMajorityServing, bound)) {
      broken("no majority of replicas serves");
      return;
    }
    if (!writesAreTaken(start)) {
      broken("a write was not acknowledged");
      return;
    }
    if (!readsAreAnswered(start)) {
      broken("a read was not answered");
      return;
    }
    if (!group.runUntil(this::noChangeIsUnderWay, rest(start))) {
      broken("a change of members did not end");
      return;
    }
    if (!group.runUntil(this::allKnowAll, rest(start))) {
      broken("the replicas do not come to the same commit index");
      return;
    }
    if (!group.runUntil(group.workload()::isAnswered, CALLING)) {
      broken("not all that was asked has its outcome");
      return;
    }
    if (!group.runUntil(group.watchers()::knowAll, rest(start).plus(WATCHING))) {
      broken("of those who watch, not all heard of all changes: " + group.watchers());
    }
  }

  /** One from every node; who is told that it failed, or nothing, asks again. */
  private boolean writesAreTaken(long start) {
    while (rest(start).toNanos() > 0 && !group.watch().isBroken()) {
      var nodes = group.serving();
      long before = group.tally().done();
      nodes.forEach(group.workload()::write);
      if (group.runUntil(() -> group.tally().done() >= before + nodes.size(), ROUND)) {
        return true;
      }
    }
    return group.watch().isBroken();
  }

  /**
   * Every key from every node: so the history ends with what has become of all that was written.
   */
  private boolean readsAreAnswered(long start) {
    while (rest(start).toNanos() > 0 && !group.watch().isBroken()) {
      var tally = group.tally();
      long before = tally.readsDone();
      long asked = tally.readsAsked();
      group.serving().forEach(group.workload()::readAll);
      long more = tally.readsAsked() - asked;
      if (group.runUntil(() -> tally.readsDone() >= before + more, ROUND)) {
        return true;
      }
    }
    return group.watch().isBroken();
  }

  private Duration rest(long start) {
    return bound.minusNanos(group.engine().nanoTime() - start);
  }

  private boolean isMajorityServing() {
    var voters = group.current().voters();
    return voters.stream().filter(group::isServing).count() * 2 > voters.size();
  }

  private boolean allKnowAll() {
    return group.serving().stream()
            .map(group.watch()::replica)
            .mapToLong(ReplicaView::committed)
            .distinct()
            .count()
        == 1;
  }

  /** Unless it waits for somebody who is no more. */
  private boolean noChangeIsUnderWay() {
    var current = group.current();
    return !current.isChanging() || !current.members().stream().allMatch(group::isServing);
  }

  private void broken(String what) {
    var state =
        group.watch().replicas().stream().map(LivePart::describe).collect(Collectors.joining("; "));
    group.watch().broken(NAME, what + " within " + bound + ": " + state);
  }

  private static String describe(ReplicaView replica) {
    return "%s %s epoch %d log %d to %d committed %d"
        .formatted(
            replica.node(),
            replica.isUp() ? (replica.leads() ? "leads" : "follows") : "down",
            replica.epoch(),
            replica.base(),
            replica.last(),
            replica.committed());
  }
}
