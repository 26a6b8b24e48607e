package dev.synod.testkit.crdt;

import static dev.synod.testkit.crdt.Looks.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.raft.Raft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("Replicas whose ids a group of three gives out")
class RegistryNodesTest {

  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Consistency HERE = Consistency.local().after(CausalToken.NONE, PATIENCE);

  @TempDir Path directory;

  private boolean isOnDisk;
  private final List<Node> nodes = new ArrayList<>();
  private final Members members = LadderNode.three();

  private record Node(
      ActorSystem<Void> system, ReplicaRegistry registry, ReplicatedValues values) {}

  @BeforeEach
  void start() {
    members.nodes().forEach(node -> nodes.add(start(node)));
  }

  private Node start(NodeAddress node) {
    var config =
        ConfigFactory.parseString(
            """
            include "synod-remote"
            pekko.loglevel = ERROR
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = %s }
            synod { data-directory = "%s", meters = off, client.ask-timeout = 50s }
            synod.log { segment-bytes = 2 MiB, entry-bytes-max = 1 MiB }
            synod.crdt.anti-entropy-interval = 100ms
            """
                .formatted(node.address().replaceAll(".*:", ""), directory.resolve(node.name())));
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            LadderNode.NAME,
            config.withFallback(ConfigFactory.load()).resolve());
    var group =
        Consensus.get(system)
            .start(ReplicaRegistry.group("replicas").using(Raft.protocol()).on(members));
    var registry = ReplicaRegistry.of(group);
    var families = List.<Family<?>>of(SETS);
    return new Node(
        system,
        registry,
        isOnDisk
            ? ReplicatedValues.start(
                system, "carts", registry, families, directory.resolve("carts-" + node.name()))
            : ReplicatedValues.start(system, "carts", registry, families));
  }

  @AfterEach
  void terminate() {
    nodes.forEach(node -> node.system().terminate());
    nodes.forEach(node -> done(node.system().getWhenTerminated()));
    nodes.clear();
  }

  /** All are off at once, and start again. */
  private void restartAll() {
    terminate();
    start();
    for (var node : nodes) {
      until(node, it -> it.others().size() == 2);
    }
  }

  private static Description until(Node node, Predicate<Description> holds) {
    return Looks.until(node.values()::describe, holds);
  }

  private static UpdateOutcome change(Node node, String key, boolean isAdding, Consistency how) {
    return done(
        node.values()
            .update(SETS, key, (set, me) -> isAdding ? set.add(me, "x") : set.clear(me), how));
  }

  @Test
  @DisplayName("have small ids, forget removed keys, and keep what an evicted one has changed")
  void comeAndGo() {
    for (var node : nodes) {
      until(node, it -> it.others().size() == 2);
    }
    var first = nodes.get(0);
    for (int i = 0; i < 20; i++) {
      change(first, "set/" + i, true, Consistency.all(PATIENCE));
    }
    assertThat(until(first, it -> true).keys()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      change(first, "set/" + i, false, Consistency.all(PATIENCE));
    }
    for (var node : nodes) {
      until(node, it -> it.keys() == 0 && it.standing().generation() > 0);
    }

    var evicted = nodes.get(2);
    var before = until(evicted, it -> true).self();
    Looks.evict(first.registry(), evicted.system().address().toString());
    change(evicted, "set/late", true, HERE);
    var after =
        until(evicted, it -> !it.self().equals(before) && it.others().size() == 2 && it.keys() > 0);

    assertThat(after.self().number()).isEqualTo(4);
    until(first, it -> it.keys() == 1);
    var found = done(first.values().get(SETS, "set/late", Consistency.all(PATIENCE)));
    assertThat(((ReadOutcome.Found<AddWinsSet<String>>) found).value().elements())
        .containsExactly("x");
  }

  @Test
  @DisplayName("on disk are the same ones after a restart, and one that was evicted is another one")
  void onDisk() {
    isOnDisk = true;
    restartAll();
    var ids = nodes.stream().map(node -> until(node, it -> true).self()).toList();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    change(nodes.get(0), "set/early", true, Consistency.all(PATIENCE));

    restartAll();

    for (int i = 0; i < 3; i++) {
      var again = until(nodes.get(i), it -> it.keys() == 1);
      assertThat(again.self()).isEqualTo(ids.get(i));
    }
    var evicted = nodes.get(2);
    Looks.evict(nodes.get(0).registry(), evicted.system().address().toString());
    change(evicted, "set/late", true, HERE);
    var other = until(evicted, it -> !it.self().equals(ids.get(2)) && it.keys() == 2).self();
    until(nodes.get(0), it -> it.keys() == 2);

    restartAll();

    var again = until(nodes.get(2), it -> it.keys() == 2);
    assertThat(again.self()).isEqualTo(other);
  }
}
