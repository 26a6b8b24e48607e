package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("What goes wrong in elections")
class ElectionScenariosTest {

  private static final Duration ELECTION_TIMEOUT_MAX = Duration.ofMillis(600);

  /**
   * CON-04. Never two leaders in a term is an invariant of every run. Breaks if the election
   * timeout is not random: votes are split again and again.
   */
  @Test
  @DisplayName("a thousand leaders are killed: their followers elect within two election timeouts")
  void leadersKilled() {
    var waits = new ArrayList<Duration>();
    for (long seed = 1; seed <= 20; seed++) {
      waits.addAll(waitsForALeader(new Simulation(seed, 5, Profile.CALM), 50));
    }

    var bound = ELECTION_TIMEOUT_MAX.multipliedBy(2);
    assertThat(waits).hasSize(1000);
    assertThat(waits.stream().filter(wait -> wait.compareTo(bound) <= 0).count())
        .isGreaterThanOrEqualTo(990);
  }

  private static List<Duration> waitsForALeader(Simulation simulation, int kills) {
    var scene = Scene.of(simulation);
    var waits = new ArrayList<Duration>();
    for (int i = 0; i < kills; i++) {
      var leader = scene.leader();
      long since = simulation.world().engine().nanoTime();
      simulation.crash(leader);
      simulation.eventually(
          "another leads",
          () -> scene.up().stream().anyMatch(ReplicaView::leads),
          Scene.ELECTED_WITHIN);
      waits.add(Duration.ofNanos(simulation.world().engine().nanoTime() - since));
      simulation.restart(leader);
      scene.advance(1000);
    }
    return waits;
  }

  /**
   * Two servers that don't hear each other, and a third that hears both. Breaks without pre-vote,
   * or if who hears the leader would vote for another (thesis §9.6, §6): each deposes the other in
   * turn.
   */
  @SimulationTest(seeds = 5)
  @DisplayName("one bad link does not make two leaders play ping-pong")
  void badLink(Simulation simulation) {
    var scene = Scene.of(simulation);
    for (int way = 0; way < 3; way++) {
      var leader = scene.leader();
      var cut = scene.others(leader).get(0);
      var third = scene.others(leader, cut).get(0);
      scene.advance(1000);
      long epoch = scene.replica(leader).epoch();

      simulation.apply(badLinks(leader, cut, third).toList().get(way));
      for (int second = 0; second < 20; second++) {
        scene.advance(1000);
        scene.total.ask(third, 1L);
      }

      assertThat(scene.leader()).isEqualTo(leader);
      assertThat(scene.up()).extracting(ReplicaView::epoch).containsOnly(epoch);
      simulation.heal();
    }
  }

  private static Stream<Fault> badLinks(String leader, String cut, String third) {
    return Stream.of(
        new Fault.Partition(leader + "," + third + " | " + cut + "," + third),
        new Fault.OneWay(leader, cut),
        new Fault.OneWay(cut, leader));
  }

  /**
   * A candidacy that was cut off leaves terms apart. Breaks if who asks for pre-votes does not
   * learn the newer term from a refusal (thesis §9.6): the one is refused for its term, the other
   * for its log, for ever.
   */
  @SimulationTest(nodes = 3, seeds = 20)
  @DisplayName("terms that lag do not deadlock the asking for pre-votes")
  void laggingTerm(Simulation simulation) {
    var scene = Scene.of(simulation);
    var leader = scene.leader();
    var up = scene.others(leader);
    var epoch = scene.replica(leader).epoch();
    simulation.crash(leader);
    for (int round = 0; round < 3; round++) {
      long before = epoch + round;
      simulation.eventually(
          "a candidacy",
          () -> scene.up().stream().anyMatch(replica -> replica.epoch() > before),
          Scene.ELECTED_WITHIN);
      simulation.partition(up.get(0) + " | " + up.get(1));
      scene.advance(1000);
      simulation.world().network().links().mendAll();
    }

    assertThat(scene.leader()).isIn(up);
  }

  /**
   * LOG-09. Breaks if a follower does not hear its leader while its disk works: were there a stash
   * in place of the gate on its answers, heartbeats would wait for the disk.
   */
  @SimulationTest(seeds = 10)
  @DisplayName("half a second in which a follower's disk stands still is no reason for an election")
  void slowFollower(Simulation simulation) {
    var scene = Scene.of(simulation);
    var leader = scene.leader();
    var slow = scene.others(leader).get(0);
    scene.advance(1000);
    long epoch = scene.replica(leader).epoch();

    for (int i = 0; i < 5; i++) {
      scene.stickDisk(slow);
      var writes = scene.write(leader, 20);
      scene.advance(500);
      assertThat(Scene.acknowledged(writes)).isEqualTo(20);
      scene.unstickDisk(slow);
      scene.advance(100);
    }

    assertThat(scene.up()).extracting(ReplicaView::epoch).containsOnly(epoch);
    assertThat(scene.replica(slow).committed()).isEqualTo(scene.replica(leader).committed());
  }
}
