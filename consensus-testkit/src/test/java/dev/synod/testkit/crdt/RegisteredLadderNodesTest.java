package dev.synod.testkit.crdt;

import static dev.synod.crdt.ladder.ConsistencyMode.EVENTUAL;
import static dev.synod.crdt.ladder.ConsistencyMode.LINEARIZABLE;
import static dev.synod.testkit.crdt.Looks.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Consensus;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.raft.Raft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("A ladder on three actor systems whose replicas a registry gave their ids")
class RegisteredLadderNodesTest {

  @TempDir Path directory;

  private final List<LadderNode> nodes = new ArrayList<>();
  private final List<ReplicatedValues> data = new ArrayList<>();
  private final List<ReplicaRegistry> registries = new ArrayList<>();
  private final Members members = LadderNode.three();

  @BeforeEach
  void start() {
    members.nodes().forEach(this::start);
    nodes.forEach(node -> done(node.ladder().started()));
  }

  private void start(NodeAddress node) {
    var system = LadderNode.system(node, directory);
    var registry =
        ReplicaRegistry.of(
            Consensus.get(system)
                .start(ReplicaRegistry.group("replicas").using(Raft.protocol()).on(members)));
    var values =
        ReplicatedValues.start(
            system,
            LadderNode.NAME,
            registry,
            List.of(LadderNode.LIKES.values(), LadderNode.STOCK.values()));
    registries.add(registry);
    data.add(values);
    nodes.add(LadderNode.start(system, members, values));
  }

  @AfterEach
  void terminate() {
    nodes.forEach(node -> node.system().terminate());
    nodes.forEach(node -> done(node.system().getWhenTerminated()));
  }

  @Test
  @DisplayName("keeps every change, also when a node goes on under another id meanwhile")
  void anotherId() {
    for (var node : nodes) {
      isDone(node.likes().update(1L), EVENTUAL);
    }
    allMove(LINEARIZABLE);
    isDone(nodes.get(0).likes().update(10L), LINEARIZABLE);

    var before = Looks.until(data.get(2)::describe, it -> true).self();
    Looks.evict(registries.get(0), nodes.get(2).system().address().toString());
    Looks.until(data.get(2)::describe, it -> !it.self().equals(before));
    assertThat(valueAt(1, LINEARIZABLE)).isEqualTo(13);

    allMove(EVENTUAL);
    assertThat(valueAt(2, EVENTUAL)).isEqualTo(13);
    isDone(nodes.get(2).likes().update(100L), EVENTUAL);
    allMove(LINEARIZABLE);
    assertThat(valueAt(0, LINEARIZABLE)).isEqualTo(113);
  }

  private void allMove(ConsistencyMode mode) {
    nodes.forEach(node -> isDone(Looks.moved(node.likes(), mode), mode));
  }

  private long valueAt(int node, ConsistencyMode mode) {
    var read = done(nodes.get(node).likes().read());
    assertThat(read).isInstanceOf(LadderRead.Found.class);
    var found = (LadderRead.Found<PnCounter>) read;
    assertThat(found.mode()).isEqualTo(mode);
    return found.value().value();
  }

  private static void isDone(CompletionStage<LadderOutcome> outcome, ConsistencyMode mode) {
    isDone(done(outcome), mode);
  }

  private static void isDone(LadderOutcome outcome, ConsistencyMode mode) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            LadderOutcome.Done.class, it -> assertThat(it.mode()).isEqualTo(mode));
  }
}
