package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.RejectedException;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/** Raft §6 with real actors: nothing acknowledged is lost, whoever comes and goes (CON-07). */
@DisplayName("Membership changes")
@Tag("slow")
class MembershipSimulationTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @SimulationTest(nodes = 5, seeds = 10)
  @DisplayName("from three members to five and to three others, while clients write")
  void threeFiveThree(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 5L)).isEqualTo(5);

    change(simulation, total, Change.add(n(simulation, 4)).and(Change.add(n(simulation, 5))));
    assertThat(total.ask("n2", 3L)).isEqualTo(8);

    var out = Change.remove(n(simulation, 1).store()).and(Change.remove(n(simulation, 2).store()));
    var after = change(simulation, total, out);

    assertThat(names(after)).containsExactlyInAnyOrder("n3", "n4", "n5");
    simulation.crash("n1");
    simulation.crash("n2");
    assertThat(total.ask("n4", 2L)).isEqualTo(10);
    assertThat(total.ask("n5", 0L)).isEqualTo(10);
  }

  @SimulationTest(nodes = 5, seeds = 20, profile = Profile.FLAKY)
  @DisplayName("on a bad network, with a member that crashes and one that is replaced")
  void replacedUnderFaults(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    simulation.crash("n3");

    var replaced =
        Change.add(n(simulation, 4)).and(Change.remove(memberOf(total, simulation, "n3")));
    change(simulation, total, replaced);
    simulation.storm(Duration.ofSeconds(10));
    simulation.heal();

    assertThat(total.ask("n4", 1L)).isEqualTo(2);
    assertThat(names(configuration(simulation, total))).containsExactlyInAnyOrder("n1", "n2", "n4");
  }

  @SimulationTest(nodes = 4, seeds = 5)
  @DisplayName("a learner that is let in gets everything and counts for nothing")
  void learner(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 4L)).isEqualTo(4);

    var after = change(simulation, total, Change.addLearner(n(simulation, 4)));
    simulation.crash("n4");

    assertThat(after.membership().learners())
        .containsExactly(after.member(after.membership().learners().get(0)).orElseThrow().store());
    assertThat(total.ask("n2", 1L)).isEqualTo(5);
    simulation.restart("n4");
    assertThat(total.ask("n4", 1L)).isEqualTo(6);
  }

  @SimulationTest(nodes = 4, seeds = 3)
  @DisplayName("one member takes another's place in one change")
  void replaced(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 4L)).isEqualTo(4);
    var admin = total.on("n2").admin();
    var n1 = simulation.member("n1");
    var n4 = simulation.member("n4");

    // snippet: change
    var seen = simulation.await(admin.configuration());
    var replaced = Change.add(n4).and(Change.remove(n1.store()));
    var done = simulation.await(admin.change(seen.version(), replaced));
    // end snippet

    assertThat(names(done)).containsExactlyInAnyOrder("n2", "n3", "n4");
  }

  @SimulationTest(nodes = 4, seeds = 5)
  @DisplayName("two administrators can't cross: the second is told to look again")
  void crossing(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 4L)).isEqualTo(4);
    long seen = configuration(simulation, total).version();
    change(simulation, total, Change.add(n(simulation, 4)));

    var late = total.on("n2").admin().change(seen, Change.remove(n(simulation, 1).store()));
    var done = late.toCompletableFuture();

    simulation.eventually("an answer", done::isDone, PATIENCE);
    assertThat(done.handle((ok, why) -> why).join())
        .hasRootCauseInstanceOf(RejectedException.class)
        .hasMessageContaining("look again");
  }

  @SimulationTest(nodes = 4, seeds = 20)
  @DisplayName("a member that was cut off while it was removed learns that, and falls silent")
  void removedInItsAbsence(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 4L)).isEqualTo(4);
    var alone = simulation.seed() % 2 == 0 ? "n1" : "n3";
    simulation.partition(alone + " | n2,n4," + (alone.equals("n1") ? "n3" : "n1"));
    simulation.advance(Duration.ofSeconds(3));
    change(simulation, total, Change.remove(n(simulation, alone.charAt(1) - '0').store()));
    simulation.heal();

    simulation.advance(Duration.ofSeconds(10));
    assertThat(total.replica(alone).role()).isEqualTo("removed");
    simulation.crash(alone);
    simulation.restart(alone);
    simulation.advance(Duration.ofSeconds(40));
    assertThat(total.replica(alone).role()).isEqualTo("removed");

    assertThat(total.ask("n2", 1L)).isEqualTo(5);
  }

  /** Asks until it is done, as an administrator would: what is unknown is looked at again. */
  private static Configuration change(
      Simulation simulation, SimulatedGroup<Long, Long> group, Change change) {
    var before = configuration(simulation, group);
    var asked = group.on("n2").admin().change(before.version(), change).toCompletableFuture();
    simulation.eventually("an answer to the change", asked::isDone, PATIENCE);
    var now = configuration(simulation, group);
    for (int tries = 0; now.isChanging() && tries < 20; tries++) {
      simulation.advance(Duration.ofSeconds(1));
      now = configuration(simulation, group);
    }
    assertThat(now.isChanging()).isFalse();
    assertThat(now.version()).isGreaterThan(before.version());
    return now;
  }

  private static Configuration configuration(
      Simulation simulation, SimulatedGroup<Long, Long> group) {
    return simulation.await(group.on("n2").admin().configuration());
  }

  private static StoreId memberOf(
      SimulatedGroup<Long, Long> group, Simulation simulation, String name) {
    return configuration(simulation, group).members().stream()
        .filter(member -> member.node().name().equals(name))
        .map(Member::store)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Configuration configuration) {
    return configuration.voters().stream().map(member -> member.node().name()).toList();
  }

  private static Member n(Simulation simulation, int number) {
    return simulation.member("n" + number);
  }
}
