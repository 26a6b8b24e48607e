package dev.synod.testkit.mutant;

import dev.synod.actors.Change;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.QuorumLoss;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.log.LogSettings;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.Total;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Five members, and an application on a sixth machine. One member is cut off, the others go on;
 * then all lose their power, some their disks. A configuration is forced on the one that was cut
 * off, the others come back, those with their disks as old members. What the others had done
 * without the survivor is lost, but the application's client still has the session that it opened
 * then.
 */
final class QuorumLost {

  /** What was acknowledged since, and nothing else, has happened. */
  static final String GOES_ON = "a forced group goes on from what its survivor has";

  /** Old members stop once they hear of it. */
  static final String FENCED = "old members of a forced group are fenced";

  private static final String GROUP = "total";
  private static final String OUTSIDE = "n6";
  private static final List<String> MEMBERS = List.of("n1", "n2", "n3", "n4", "n5");

  private final Simulation simulation;
  private final SimulatedGroup<Long, Long> total;
  private final Draw draw;
  private long expected;

  QuorumLost(long seed, Profile profile, GroupSettings settings) {
    this.simulation = new Simulation(seed, settings.nodes(), profile, settings.config());
    this.total = simulation.start(GROUP, settings.founders(), Total::new, Raft.protocol());
    this.draw = Draw.of(seed, "quorum lost");
  }

  /** What was broken. */
  Optional<Violation> run() {
    var survivor = MEMBERS.get(draw.nextInt(MEMBERS.size()));
    try {
      add("n1");
      add("n2");
      simulation.advance(Duration.ofSeconds(1));
      long kept = expected;
      loseAllBut(survivor);
      expected = kept;
      return after(survivor);
    } catch (AssertionError | RuntimeException e) {
      return simulation.violation().or(() -> Optional.of(broken(GOES_ON, String.valueOf(e))));
    }
  }

  /** Others than the survivor acknowledge some more, and open a session. */
  private void loseAllBut(String survivor) {
    var others = MEMBERS.stream().filter(node -> !node.equals(survivor)).toList();
    simulation.partition(survivor + " | " + String.join(",", others) + "," + OUTSIDE);
    for (int times = draw.nextInt(3); times > 0; times--) {
      add(others.get(draw.nextInt(others.size())));
    }
    add(OUTSIDE);
    MEMBERS.forEach(simulation::crash);
    simulation.world().network().links().mendAll();
  }

  private Optional<Violation> after(String survivor) {
    var others = new ArrayList<>(MEMBERS);
    others.remove(survivor);
    var wiped = others.subList(0, 1 + draw.nextInt(2));
    var old = others.subList(wiped.size(), others.size());
    wiped.forEach(node -> simulation.apply(new Fault.Wipe(node)));
    var disk = simulation.world().machine(survivor).disk().memory();
    new QuorumLoss(logSettings(), new Random(simulation.seed()))
        .force(disk, new GroupId(GROUP), Raft.protocol());
    simulation.forced(GROUP);

    simulation.restart(survivor);
    add(survivor);
    others.forEach(simulation::restart);
    if (!areFenced(old)) {
      return Optional.of(broken(FENCED, old + ": " + old.stream().map(this::status).toList()));
    }
    others.forEach(this::add);
    addInLostSession();
    add(survivor);
    add(OUTSIDE);
    old.forEach(node -> simulation.apply(new Fault.Wipe(node)));
    old.forEach(simulation::restart);
    others.forEach(node -> letIn(survivor, node));
    simulation.crash(survivor);
    add(others.get(0));
    add(OUTSIDE);
    return simulation.violation();
  }

  /** One command, whose answer must be the sum of all that were acknowledged in this life. */
  private void add(String node) {
    long value = 1 + draw.nextLong(1_000);
    long answer = total.ask(node, value);
    expected += value;
    check(node, value, answer);
  }

  /** Its session is gone, so nothing is done; the client may only be unable to know that. */
  private void addInLostSession() {
    long value = 1 + draw.nextLong(1_000);
    var outcome = simulation.await(total.on(OUTSIDE).propose(value));
    if (outcome instanceof Outcome.Ok<Long> ok) {
      expected += value;
      check(OUTSIDE, value, ok.reply());
    }
  }

  private void check(String node, long value, long answer) {
    if (answer != expected) {
      throw new AssertionError(
          "%s added %d, and was answered %d, not %d".formatted(node, value, answer, expected));
    }
  }

  private boolean areFenced(List<String> old) {
    simulation.advance(Duration.ofSeconds(10));
    return old.stream()
        .allMatch(
            node ->
                status(node)
                    .flatMap(ReplicaStatus::trouble)
                    .filter(trouble -> trouble.contains("forced to go on without"))
                    .isPresent());
  }

  private Optional<ReplicaStatus> status(String node) {
    return simulation.status(node, GROUP);
  }

  private void letIn(String survivor, String node) {
    var admin = total.on(survivor).admin();
    long seen = simulation.await(admin.configuration()).version();
    simulation.await(admin.change(seen, Change.add(simulation.member(node))));
  }

  private Violation broken(String what, String text) {
    return new Violation(what, text, simulation.world().engine().nanoTime());
  }

  private static LogSettings logSettings() {
    return ConsensusSettings.from(GroupSettings.smallLogs().getConfig("synod")).log();
  }
}
