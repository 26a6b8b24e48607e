package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A simulation of a user's own actors")
class OwnActorsTest {

  // snippet: actor
  /**
   * An actor as any other: adds ones to a replicated total, the next when it was told of the last.
   */
  static Behavior<Outcome<Long>> adder(
      String name, GroupRef<Long, Long> total, HistoryRecorder history) {
    return Behaviors.setup(
        context -> {
          var asked = history.invoke(name, "add", "total", 1);
          context.pipeToSelf(total.propose(1L), (outcome, failure) -> outcome);
          return Behaviors.receiveMessage(
              outcome -> {
                asked.end(outcome);
                return adder(name, total, history);
              });
        });
  }

  @SimulationTest(seeds = 5, profile = Profile.FLAKY)
  @DisplayName("never sees the total go back, whatever happens to the machines")
  void ownClients(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    for (String node : simulation.world().names()) {
      simulation.spawn(node, adder(node, total.on(node), simulation.history()), "adder");
    }

    simulation.storm(Duration.ofSeconds(20));

    var history = simulation.history().history();
    var verdict = LinearizabilityChecker.check(history, Models.counter());
    assertThat(verdict.holds()).as("%s%n%s", verdict, history).isTrue();
    simulation.heal();
    assertThat(total.ask("n1", 0L)).isPositive();
  }

  // end snippet

  @SimulationTest(seeds = 2)
  @DisplayName("carries what they tell each other over its network")
  void network(Simulation simulation) {
    var heard = new ArrayList<String>();
    // snippet: network
    var ear =
        simulation.spawn(
            "n2",
            Behaviors.<String>receiveMessage(
                message -> {
                  heard.add(message);
                  return Behaviors.same();
                }),
            "ear");
    var fromN1 = simulation.reached("n1", ear);

    fromN1.tell("before");
    simulation.advance(Duration.ofSeconds(1));
    simulation.partition("n1 | n2,n3");
    fromN1.tell("lost");
    simulation.advance(Duration.ofSeconds(1));
    simulation.heal();
    fromN1.tell("after");
    simulation.eventually("it is heard", () -> heard.size() == 2, Duration.ofSeconds(1));
    // end snippet

    assertThat(heard).containsExactly("before", "after");
  }
}
