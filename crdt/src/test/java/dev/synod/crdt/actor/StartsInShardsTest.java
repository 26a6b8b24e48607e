package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Shard;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.log.LogPorts;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.InvalidActorNameException;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A start of values in shards")
class StartsInShardsTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "counter/1";
  private static final Consistency HERE = Consistency.local().after(CausalToken.NONE, PATIENCE);

  @TempDir Path directory;

  private final List<ActorSystem<Void>> systems = new ArrayList<>();

  private ActorSystem<Void> system(int shards) {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "shop",
            ConfigFactory.parseString("synod.crdt.shards = " + shards)
                .withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }

  private static List<String> self(ActorSystem<Void> system) {
    return List.of(system.address().toString());
  }

  private static ReplicatedValues inMemory(ActorSystem<Void> system, String name) {
    return ReplicatedValues.start(system, name, self(system), List.of(COUNTERS));
  }

  private ReplicatedValues onDisk(ActorSystem<Void> system, String name) {
    return ReplicatedValues.start(system, name, self(system), List.of(COUNTERS), directory);
  }

  @AfterEach
  void stopAll() throws Exception {
    systems.forEach(ActorSystem::terminate);
    for (var system : systems) {
      await(system.getWhenTerminated());
    }
    systems.clear();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void add(ReplicatedValues to) throws Exception {
    var outcome = await(to.update(COUNTERS, KEY, (it, me) -> it.add(me, 1), HERE));
    assertThat(outcome).isInstanceOf(UpdateOutcome.Written.class);
  }

  private static long read(ReplicatedValues from) throws Exception {
    var outcome = await(from.get(COUNTERS, KEY, HERE));
    return ((ReadOutcome.Found<PnCounter>) outcome).value().value();
  }

  private NodeLog log(ActorSystem<Void> system) throws IOException {
    return NodeLog.open(
        ConsensusSettings.of(system).log(),
        LogPorts.of(RealDisk.at(directory), Runnable::run, Runnable::run, new Random(1)));
  }

  private List<String> groups() throws IOException {
    var log = log(systems.get(0));
    try {
      return log.groups().stream().map(GroupId::name).toList();
    } finally {
      log.close();
    }
  }

  /** Something else has the name of the third shard's actor. */
  private ActorSystem<Void> systemWithoutThirdShard() {
    var system = system(3);
    system.systemActorOf(Behaviors.ignore(), "synod-crdt-carts.2-of-3", Props.empty());
    return system;
  }

  private static void nobodyIsLeft(ActorSystem<Void> system) {
    for (int shard : List.of(0, 1)) {
      var path = "/system/synod-crdt-carts.%d-of-3".formatted(shard);
      var found = Adapter.toClassic(system).actorSelection(path).resolveOne(PATIENCE);
      assertThat(found.toCompletableFuture())
          .failsWithin(PATIENCE)
          .withThrowableThat()
          .withMessageContaining("ActorNotFound");
    }
  }

  @Test
  @DisplayName("that fails midway stops the shards that have begun")
  void midway() {
    var system = systemWithoutThirdShard();

    assertThatThrownBy(() -> inMemory(system, "carts"))
        .isInstanceOf(InvalidActorNameException.class)
        .hasMessageContaining("synod-crdt-carts.2-of-3");

    nobodyIsLeft(system);
  }

  @Test
  @DisplayName("that fails midway gives the directory back")
  void midwayOnDisk() throws Exception {
    var system = systemWithoutThirdShard();

    assertThatThrownBy(() -> onDisk(system, "carts")).isInstanceOf(InvalidActorNameException.class);

    nobodyIsLeft(system);
    assertThat(groups())
        .containsExactly("crdt-carts.0-of-3", "crdt-carts.1-of-3", "crdt-carts.2-of-3");
    var elsewhere = onDisk(system(3), "carts");
    add(elsewhere);
    assertThat(read(elsewhere)).isEqualTo(1);
  }

  @Test
  @DisplayName("whose third shard refuses what it has kept stops the others, too")
  void refusing() throws Exception {
    var system = system(3);
    var log = log(system);
    log.group(new GroupId("crdt-carts.2-of-3")).describe(Bytes.wrap(new byte[] {2}));
    log.close();

    var values = onDisk(system, "carts");

    TestProbe<Void> probe = TestProbe.create(system);
    for (int shard : List.of(0, 1, 2)) {
      probe.expectTerminated(values.replicator(keyOf(shard)), PATIENCE);
    }
    assertThat(groups()).hasSize(3);
  }

  private static String keyOf(int shard) {
    return IntStream.range(0, 100)
        .mapToObj(it -> "counter/" + it)
        .filter(it -> Shard.of(it, 3) == shard)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("is not in the way of values that are called as its shards once were")
  void names() throws Exception {
    var system = system(2);
    var values = inMemory(system, "carts");
    var others = inMemory(system, "carts-0-of-2");

    add(values);

    assertThat(read(others)).isZero();
    assertThatThrownBy(() -> inMemory(system, "carts.0-of-2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values can't be called \"carts.0-of-2\"");
  }

  @Test
  @DisplayName("finds what was kept under the former names of shards")
  void formerNames() throws Exception {
    var system = system(2);
    var former = List.of(new GroupId("crdt-carts-0-of-2"), new GroupId("crdt-carts-1-of-2"));
    var log = log(system);
    former.forEach(log::group);
    log.close();
    add(onDisk(system, "carts"));
    stopAll();

    assertThat(read(onDisk(system(2), "carts"))).isEqualTo(1);
    stopAll();
    system(2);
    assertThat(groups()).isEqualTo(former.stream().map(GroupId::name).toList());
  }

  @Test
  @DisplayName("in one shard finds what was kept under a name that shards once had")
  void formerValues() throws Exception {
    add(onDisk(system(1), "carts-0-of-2"));
    stopAll();

    assertThatThrownBy(() -> onDisk(system(2), "carts"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds \"carts-0-of-2\" with synod.crdt.shards = 1");
    assertThat(read(onDisk(system(1), "carts-0-of-2"))).isEqualTo(1);
  }
}
