package dev.synod.testkit.mutant;

import dev.synod.actors.Storage;
import dev.synod.core.Configuration;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.Total;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.Optional;

/**
 * A group in memory, one of whose members stops and comes back, now and then twice within one
 * readmission; then another.
 */
final class Forgetful {

  private static final String RECOVERS = "a healed group recovers";
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final int ROUNDS = 4;

  private final Simulation simulation;
  private final SimulatedGroup<Long, Long> total;
  private final GroupSettings settings;
  private final Draw draw;

  Forgetful(long seed, Profile profile, GroupSettings settings) {
    this.settings = settings;
    this.simulation = new Simulation(seed, settings.nodes(), profile, settings.config());
    this.total =
        simulation.start("total", settings.nodes(), Total::new, Raft.protocol(), Storage.MEMORY);
    this.draw = Draw.of(seed, "forgetful");
  }

  /** What was broken: an invariant, or that the member takes part again. */
  Optional<Violation> run() {
    try {
      for (long round = 1; round <= ROUNDS; round++) {
        total.ask("n1", 1L);
        comeAndGo("n" + (1 + draw.nextLong(settings.nodes())));
        if (!isWhole()) {
          return Optional.of(broken("not whole again within " + WITHIN));
        }
      }
      return simulation.violation();
    } catch (AssertionError e) {
      return simulation.violation().or(() -> Optional.of(broken(String.valueOf(e.getMessage()))));
    }
  }

  private void comeAndGo(String node) {
    for (long times = 1 + draw.nextLong(3); times > 0; times--) {
      simulation.crash(node);
      simulation.advance(Duration.ofMillis(draw.nextLong(1_500)));
      simulation.restart(node);
      simulation.advance(Duration.ofMillis(draw.nextLong(800)));
    }
  }

  private boolean isWhole() {
    long end = simulation.world().engine().nanoTime() + WITHIN.toNanos();
    while (simulation.world().engine().nanoTime() < end) {
      var asked = total.on("n1").admin().configuration().toCompletableFuture();
      simulation.eventually("an answer", asked::isDone, WITHIN);
      if (!asked.isCompletedExceptionally() && isWhole(asked.join())) {
        return true;
      }
      simulation.advance(Duration.ofSeconds(1));
    }
    return false;
  }

  private boolean isWhole(Configuration known) {
    return !known.isChanging()
        && known.members().size() == settings.nodes()
        && known.voters().stream()
            .allMatch(voter -> total.replica(voter.node().name()).self().equals(voter));
  }

  private Violation broken(String text) {
    return new Violation(RECOVERS, text, simulation.world().engine().nanoTime());
  }
}
