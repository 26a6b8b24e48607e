package dev.synod.testkit.lab.flaky;

import dev.synod.actors.Protocol;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Who leads a group of three, and for how long: after it has settled, one link goes bad. */
final class Reign {

  private static final Duration SETTLING = Duration.ofSeconds(10);
  static final Duration BAD = Duration.ofSeconds(60);

  private final GroupWorld group;
  private long term;
  private int changes;

  /**
   * What a minute with a bad link brought.
   *
   * @param changes of the leader
   * @param writes that were acknowledged
   */
  record Result(int changes, long writes) {}

  private Reign(long seed, Protocol protocol) {
    group =
        new GroupWorld(
            seed, GroupSettings.of(protocol, new RaftLens(), 3, Recovery.raft().total()));
    group.endTransfers();
  }

  /**
   * A minute.
   *
   * @param faults given the leader and one of the others
   */
  static Result of(long seed, Protocol protocol, BiFunction<String, String, List<Fault>> faults) {
    return new Reign(seed, protocol).run(faults);
  }

  private Result run(BiFunction<String, String, List<Fault>> faults) {
    group.runFor(SETTLING);
    var leader = leading().get(0);
    var other = leader.node().equals("n1") ? "n2" : "n1";
    term = leader.epoch();
    long before = group.tally().done();
    faults.apply(leader.node(), other).forEach(fault -> fault.begin(group.world()));
    group.world().engine().runUntil(this::look, BAD);
    group
        .violation()
        .ifPresent(
            violation -> {
              throw new AssertionError(violation.toString());
            });
    return new Result(changes, group.tally().done() - before);
  }

  /** Counts; true if an invariant is broken, for which nobody waits further. */
  private boolean look() {
    for (ReplicaView leader : leading()) {
      if (leader.epoch() > term) {
        term = leader.epoch();
        changes++;
      }
    }
    return group.watch().isBroken();
  }

  private List<? extends ReplicaView> leading() {
    return group.watch().replicas().stream().filter(ReplicaView::leads).toList();
  }
}
