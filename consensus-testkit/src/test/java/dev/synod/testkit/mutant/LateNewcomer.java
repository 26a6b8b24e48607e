package dev.synod.testkit.mutant;

import dev.synod.actors.Change;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.Total;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.Optional;

/**
 * A member is cut off from the others while a newcomer is let in, but meets that one: it answers
 * its greeting, and has no entry that says who it is. Then the member's power goes, and the
 * newcomer becomes the leader. When the member is back, the newcomer, which has met it, does not
 * look for it again. All this for each newcomer.
 */
final class LateNewcomer {

  private static final String RECOVERS = "a healed group recovers";
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final Simulation simulation;
  private final SimulatedGroup<Long, Long> total;
  private final GroupSettings settings;
  private final Draw draw;

  LateNewcomer(long seed, Profile profile, GroupSettings settings) {
    this.settings = settings;
    this.simulation = new Simulation(seed, settings.nodes(), profile, settings.config());
    this.total = simulation.start("total", settings.founders(), Total::new, Raft.protocol());
    this.draw = Draw.of(seed, "late newcomer");
  }

  /** What was broken: an invariant, or that the member learns of what is committed. */
  Optional<Violation> run() {
    try {
      for (int last = settings.founders() + 1; last <= settings.nodes(); last++) {
        letIn("n" + last, last - 1);
      }
      return simulation.violation();
    } catch (AssertionError | RuntimeException e) {
      return simulation.violation().or(() -> Optional.of(broken(String.valueOf(e))));
    }
  }

  private void letIn(String newcomer, int members) {
    total.ask("n1", 1L);
    var leader = leader();
    var member = memberOtherThan(leader, members);
    var others = simulation.world().names().stream().filter(node -> !node.equals(member)).toList();
    simulation.partition(member + "," + newcomer + " | " + String.join(",", others));
    var admin = total.on(leader).admin();
    long seen = simulation.await(admin.configuration()).version();
    simulation.await(admin.change(seen, Change.add(simulation.member(newcomer))));
    simulation.advance(Duration.ofMillis(500 + draw.nextLong(1_500)));

    simulation.crash(member);
    simulation.world().network().links().mendAll();
    simulation.await(admin.transfer(simulation.member(newcomer).store(), WITHIN));
    simulation.advance(Duration.ofMillis(draw.nextLong(500)));
    simulation.restart(member);
    total.ask(newcomer, 1L);
    long committed = total.view().replica(newcomer).committed();
    simulation.eventually(
        member + " has what was committed",
        () -> total.view().replica(member).committed() >= committed,
        WITHIN);
  }

  private String leader() {
    return total.view().replicas().stream()
        .filter(ReplicaView::leads)
        .map(ReplicaView::node)
        .findFirst()
        .orElseThrow();
  }

  private String memberOtherThan(String leader, int members) {
    var names = simulation.world().names().stream().limit(members);
    var others = names.filter(node -> !node.equals(leader)).toList();
    return others.get(draw.nextInt(others.size()));
  }

  private Violation broken(String text) {
    return new Violation(RECOVERS, text, simulation.world().engine().nanoTime());
  }
}
