package dev.synod.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a group promises, whatever protocol replicates it. A protocol has a test class that extends
 * this one; all runs in virtual time. What is looked at is what an application sees, so that it can
 * be asked of any protocol; the simulation's invariants look on where they know it.
 *
 * <pre>{@code
 * class RaftContractTest extends ConsensusContract {
 *   @Override
 *   protected Protocol protocol() {
 *     return Raft.protocol();
 *   }
 *   …
 * }
 * }</pre>
 */
public abstract class ConsensusContract {

  private static final List<String> NODES = List.of("n1", "n2", "n3");

  /** A healed group is as usual again long before. */
  private static final Duration WELL_WITHIN = Duration.ofSeconds(20);

  /** More than any replica of these tests takes at a time. */
  private static final int CROWD = 200;

  /** The protocol under test. */
  protected abstract Protocol protocol();

  /** Settings with which a leader has so many proposals under way at most, as a configuration. */
  protected abstract String pendingAtMost(int proposals);

  /** The role's name, in its status, of a replica that leads. */
  protected String leading() {
    return "leader";
  }

  @SimulationTest(seeds = 3, profile = Profile.FLAKY)
  @DisplayName("what clients are told is linearizable, whatever happens to the machines")
  protected void linearizable(Simulation simulation) {
    var group = start(simulation);
    var crowd = new ContractClients(simulation, group);
    for (int round = 0; round < 60; round++) {
      for (String node : NODES) {
        if (group.isUp(node)) {
          crowd.write(node, 1);
          crowd.read(node);
        }
      }
      simulation.storm(Duration.ofMillis(250));
    }
    simulation.heal();
    crowd.settle();
    simulation.advance(WELL_WITHIN);

    var history = simulation.history().history();
    var verdict = LinearizabilityChecker.check(history, Models.counter());
    assertTrue(verdict.holds(), () -> verdict + System.lineSeparator() + history);
    assertTrue(crowd.acknowledged() > 20, crowd::toString);
  }

  @SimulationTest(seeds = 3, profile = Profile.FLAKY)
  @DisplayName("a command is done once if ok, never if rejected, at most once if unknown")
  protected void exactlyOnce(Simulation simulation) {
    var group = start(simulation);
    var crowd = new ContractClients(simulation, group);
    for (int round = 0; round < 10; round++) {
      NODES.stream().filter(group::isUp).forEach(node -> crowd.write(node, 4));
      simulation.storm(Duration.ofSeconds(1));
    }
    simulation.heal();
    crowd.settle();

    long total = group.ask("n1", 0L);
    assertTrue(crowd.acknowledged() <= total, crowd.acknowledged() + " are ok: " + total);
    assertTrue(total <= crowd.acknowledged() + crowd.unknown(), crowd + ": " + total);
    assertEquals(crowd.acknowledged(), crowd.replies().stream().distinct().count(), "one answer");
    assertTrue(crowd.acknowledged() > 0, "some are taken");
  }

  @SimulationTest(seeds = 3)
  @DisplayName("what was acknowledged is there after all machines lost their power")
  protected void recovery(Simulation simulation) {
    var group = start(simulation);
    long total = 0;
    for (int round = 0; round < 3; round++) {
      for (String node : NODES) {
        total = write(simulation, group, node, 30);
      }
      NODES.forEach(simulation::crash);
      NODES.forEach(simulation::restart);
      assertEquals(total, read(simulation, group, NODES.get(round), Read.linearizable()));
    }
    assertEquals(270, total);
  }

  @Test
  @DisplayName(
      "who asks for more than there is room for waits, and is rejected as busy if that lasts")
  protected void backPressure() {
    var config =
        ConfigFactory.parseString(pendingAtMost(CROWD / 10))
            .withFallback(GroupSettings.smallLogs());
    var simulation = new Simulation(1, NODES.size(), Profile.CALM, config);
    var group = start(simulation);
    var crowd = new ContractClients(simulation, group);

    crowd.write(leader(simulation, group), CROWD);
    crowd.settle();
    assertEquals(CROWD, crowd.acknowledged(), "they wait for their turn");

    NODES.forEach(node -> simulation.world().machine(node).disk().stick());
    crowd.write(leader(simulation, group), CROWD);
    crowd.settle();
    NODES.forEach(node -> simulation.world().machine(node).disk().unstick());
    assertEquals(CROWD, crowd.acknowledged(), "nothing is taken");
    assertTrue(crowd.rejected(Outcome.Reason.BUSY) > CROWD / 2, crowd::toString);
    long total = group.ask("n1", 0L);
    assertTrue(total <= CROWD + crowd.unknown(), crowd + ": " + total);
    simulation.check();
  }

  @SimulationTest(seeds = 3)
  @DisplayName("alone, a leader acknowledges nothing; what it rejected is not taken later either")
  protected void outcomes(Simulation simulation) {
    var group = start(simulation);
    long before = write(simulation, group, "n1", 10);
    var old = leader(simulation, group);
    var others = NODES.stream().filter(node -> !node.equals(old)).toList();
    var crowd = new ContractClients(simulation, group);

    simulation.partition(old + " | " + String.join(",", others));
    crowd.write(old, 10);
    crowd.settle();
    assertEquals(0, crowd.acknowledged(), crowd::toString);
    long meanwhile = group.ask(others.get(0), 5L);
    assertTrue(meanwhile >= before + 5, "the others go on: " + meanwhile);
    simulation.heal();

    long after = group.ask(old, 0L);
    assertTrue(after >= before + 5, "what was acknowledged is there: " + after);
    assertTrue(after <= before + 5 + crowd.unknown(), crowd + ": " + before + " -> " + after);
  }

  @SimulationTest(seeds = 3, profile = Profile.FLAKY)
  @DisplayName("no replica has applied more than it knows to be decided, nor ever goes back")
  protected void watermarks(Simulation simulation) {
    var group = start(simulation);
    var crowd = new ContractClients(simulation, group);
    var before = new HashMap<String, ReplicaStatus>();
    for (int i = 0; i < 40; i++) {
      crowd.write(NODES.get(i % NODES.size()), 5);
      simulation.advance(Duration.ofMillis(150));
      for (String node : NODES) {
        var now = group.replica(node);
        assertTrue(now.appliedIndex() <= now.commitIndex(), now::toString);
        assertTrue(now.commitIndex() <= now.lastIndex(), now::toString);
        assertTrue(now.snapshotIndex() <= now.appliedIndex(), now::toString);
        var earlier = before.put(node, now);
        assertTrue(earlier == null || isAtLeast(now, earlier), () -> earlier + " -> " + now);
      }
    }
    simulation.heal();
    crowd.settle();

    agree(simulation, group);
  }

  private static boolean isAtLeast(ReplicaStatus now, ReplicaStatus earlier) {
    return now.appliedIndex() >= earlier.appliedIndex()
        && now.commitIndex() >= earlier.commitIndex()
        && now.snapshotIndex() >= earlier.snapshotIndex()
        && now.term() >= earlier.term();
  }

  @SimulationTest(seeds = 3)
  @DisplayName("a replica that got a snapshot has the state of those that applied all")
  protected void snapshotEqualsReplay(Simulation simulation) {
    var group = start(simulation);
    write(simulation, group, "n1", 5);
    var leader = leader(simulation, group);
    var behind = NODES.stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
    simulation.crash(behind);
    long total = 0;
    for (int i = 0; i < 8; i++) {
      total = write(simulation, group, leader, 40);
      simulation.advance(Duration.ofMillis(100));
    }
    simulation.restart(behind);
    agree(simulation, group);

    assertTrue(group.replica(behind).snapshotIndex() > 0, "its log was not enough");
    for (String node : NODES) {
      assertEquals(total, read(simulation, group, node, Read.stale()), node);
    }
  }

  @SimulationTest(seeds = 1, profile = Profile.CALM)
  @DisplayName("a leader says what it knows of the others")
  protected void leaderTellsOfOthers(Simulation simulation) {
    var group = start(simulation);
    write(simulation, group, "n1", 5);
    simulation.advance(Duration.ofSeconds(1));

    var status = group.replica(leader(simulation, group));

    assertEquals(NODES.size() - 1, status.peers().size());
    for (var peer : status.peers()) {
      assertTrue(peer.matchIndex() >= status.commitIndex(), peer.toString());
      assertTrue(
          peer.lastContactMillis() >= 0 && peer.lastContactMillis() <= 1000, peer.toString());
    }
  }

  @SimulationTest(seeds = 3, profile = Profile.FLAKY)
  @DisplayName("all replicas apply the same commands in one order, none left out, none twice")
  protected void totalOrder(Simulation simulation) {
    var group = start(simulation);
    long first = indexOf(simulation.await(group.on("n1").propose(0L)));
    var crowd = new ContractClients(simulation, group);
    var seen = NODES.stream().map(node -> crowd.watch(node, first + 1)).toList();
    for (int i = 0; i < 12; i++) {
      crowd.write(NODES.get(i % NODES.size()), 2);
      simulation.advance(Duration.ofMillis(200));
    }
    crowd.settle();
    long last = indexOf(simulation.await(group.on("n1").propose(1L)));
    simulation.eventually(
        "all have seen the last one",
        () -> seen.stream().allMatch(one -> one.containsKey(last)),
        WELL_WITHIN);

    seen.forEach(one -> assertEquals(seen.get(0), one));
    long total = 0;
    for (var change : seen.get(0).entrySet()) {
      total += change.getValue();
      var reply = crowd.replyAt(change.getKey());
      long expected = total;
      reply.ifPresent(
          told -> assertEquals(expected, told, "the reply tells of all before it, and no others"));
    }
    assertFalse(seen.get(0).isEmpty());
  }

  private static long indexOf(Outcome<Long> outcome) {
    if (outcome instanceof Outcome.Ok<Long> ok) {
      return ok.index();
    }
    throw new AssertionError("not taken: " + outcome);
  }

  private SimulatedGroup<Long, Long> start(Simulation simulation) {
    var group = simulation.start("contract", Total::new, protocol());
    group.ask("n1", 0L);
    return group;
  }

  /** Ones, all of them acknowledged; the last reply. */
  private static long write(
      Simulation simulation, SimulatedGroup<Long, Long> group, String node, int times) {
    var replies = new ArrayList<Long>();
    for (int i = 0; i < times; i++) {
      replies.add(group.ask(node, 1L));
    }
    simulation.check();
    return replies.get(times - 1);
  }

  private static long read(
      Simulation simulation, SimulatedGroup<Long, Long> group, String node, Read freshness) {
    return simulation.await(group.on(node).read(0L, freshness));
  }

  private String leader(Simulation simulation, SimulatedGroup<Long, Long> group) {
    for (int i = 0; i < CROWD; i++) {
      for (String node : NODES) {
        if (group.replica(node).role().equals(leading())) {
          return node;
        }
      }
      simulation.advance(Duration.ofMillis(50));
    }
    throw new AssertionError("nobody leads");
  }

  /** Until all replicas have applied up to the same index, and know nothing beyond it. */
  private static void agree(Simulation simulation, SimulatedGroup<Long, Long> group) {
    for (int i = 0; i < CROWD; i++) {
      var all = NODES.stream().map(group::replica).toList();
      if (all.stream().mapToLong(ReplicaStatus::appliedIndex).distinct().count() == 1
          && all.stream().allMatch(one -> one.appliedIndex() == one.lastIndex())) {
        return;
      }
      simulation.advance(Duration.ofMillis(100));
    }
    throw new AssertionError(
        "they apply different commands: " + NODES.stream().map(group::replica).toList());
  }
}
