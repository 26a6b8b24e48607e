package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.GroupRef;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.ladder.Ladder;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Shard;
import dev.synod.crdt.wire.ClockCodecs;
import dev.synod.crdt.wire.PlainCodecs;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Values in shards")
class ValuesInShardsTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> KEYS =
      IntStream.range(0, 12).mapToObj(it -> "counter/" + it).toList();

  @TempDir Path directory;

  private final List<ActorSystem<Void>> systems = new ArrayList<>();

  private ActorSystem<Void> system(int shards) {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "shop",
            ConfigFactory.parseString(
                    """
                    pekko.actor.provider = remote
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                    synod.crdt { shards = %d, anti-entropy-interval = 100ms }
                    """
                        .formatted(shards))
                .withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }

  private List<String> nodes() {
    return systems.stream().map(it -> it.address().toString()).toList();
  }

  private List<ReplicatedValues> inMemory(String name) {
    return systems.stream()
        .map(it -> ReplicatedValues.start(it, name, nodes(), List.of(COUNTERS)))
        .toList();
  }

  private ReplicatedValues onDisk(ActorSystem<Void> system, String name) {
    return ReplicatedValues.start(
        system, "carts", nodes(), List.of(COUNTERS), directory.resolve(name));
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

  private static CausalToken add(ReplicatedValues to, String key, Consistency consistency)
      throws Exception {
    var outcome = await(to.update(COUNTERS, key, (it, me) -> it.add(me, 1), consistency));
    assertThat(outcome).isInstanceOf(UpdateOutcome.Written.class);
    return ((UpdateOutcome.Written) outcome).token();
  }

  private static long read(ReplicatedValues from, String key, CausalToken after) throws Exception {
    var outcome = await(from.get(COUNTERS, key, Consistency.local().after(after, PATIENCE)));
    assertThat(outcome).isInstanceOf(ReadOutcome.Found.class);
    return ((ReadOutcome.Found<PnCounter>) outcome).value().value();
  }

  private static CausalToken addToAll(ReplicatedValues values) throws Exception {
    var token = CausalToken.NONE;
    for (String key : KEYS) {
      token = add(values, key, Consistency.local().after(token, PATIENCE));
    }
    return token;
  }

  @Test
  @DisplayName("are one whole to callers, and a token of one node is honoured by the other")
  void oneWhole() throws Exception {
    system(3);
    system(3);
    var values = inMemory("carts");
    TestProbe<Replicator.Subscribed<PnCounter>> news = TestProbe.create(systems.get(1));
    values.get(1).subscribeAll(COUNTERS, "counter/", news.ref());

    var token = addToAll(values.get(0));

    assertThat(values.get(0).shards()).isEqualTo(3);
    assertThat(KEYS.stream().map(it -> Shard.of(it, 3)).distinct()).hasSize(3);
    assertThat(token.shards()).hasSize(3).noneMatch(it -> it.isEmpty());
    var cookie = ClockCodecs.token().decode(ClockCodecs.token().encode(token));
    for (String key : KEYS) {
      assertThat(read(values.get(1), key, cookie)).isEqualTo(1);
    }
    assertThat(Described.of(values.get(1)).keys()).isEqualTo(KEYS.size());
    assertThat(Described.of(values.get(1)).digest())
        .isEqualTo(Described.of(values.get(0)).digest());
    var heard = new TreeSet<String>();
    while (heard.size() < KEYS.size()) {
      heard.add(((Replicator.Changed<PnCounter>) news.receiveMessage(PATIENCE)).key());
    }
    assertThat(heard).containsExactlyInAnyOrderElementsOf(KEYS);
  }

  @Test
  @DisplayName("are all there after all nodes were off at once, from one directory a node")
  void restart() throws Exception {
    system(3);
    system(3);
    var a = onDisk(systems.get(0), "a");
    onDisk(systems.get(1), "b");
    var token = addToAll(a);
    stopAll();

    system(3);
    system(3);
    onDisk(systems.get(0), "a");
    var again = onDisk(systems.get(1), "b");

    for (String key : KEYS) {
      assertThat(read(again, key, token)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("are refused a directory that was made with another number of shards")
  void otherNumber() throws Exception {
    addToAll(onDisk(system(3), "a"));
    stopAll();

    for (int shards : List.of(1, 2, 4)) {
      assertThatThrownBy(() -> onDisk(system(shards), "a"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("holds \"carts\" with synod.crdt.shards = 3, but is to hold")
          .hasMessageContaining("\"carts\" with synod.crdt.shards = %d and".formatted(shards))
          .hasMessageContaining("start with the name and with synod.crdt.shards");
      stopAll();
    }

    var system = system(3);
    assertThatThrownBy(
            () ->
                ReplicatedValues.start(
                    system, "shop", nodes(), List.of(COUNTERS), directory.resolve("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "holds \"carts\" with synod.crdt.shards = 3, but is to hold \"shop\"");
    assertThat(read(onDisk(system, "a"), KEYS.get(0), CausalToken.NONE)).isEqualTo(1);
  }

  @Test
  @DisplayName("are not met by nodes that divide them otherwise, which serve what is theirs")
  void nodesDiffer() throws Exception {
    system(3);
    system(2);
    system(1);
    for (var values : inMemory("carts")) {
      var token = addToAll(values);
      assertThat(read(values, KEYS.get(0), token)).isEqualTo(1);
      assertThat(Described.of(values).others()).isEmpty();
    }
    for (var values : inMemory("again")) {
      var copies =
          await(
              values.update(
                  COUNTERS,
                  KEYS.get(0),
                  (it, me) -> it.add(me, 1),
                  Consistency.all(Duration.ofMillis(300))));
      assertThat(copies).isInstanceOf(UpdateOutcome.Unconfirmed.class);
      assertThat(((UpdateOutcome.Unconfirmed) copies).copies()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("refuse numbers of shards that there can't be, in words")
  void wrongNumbers() throws Exception {
    for (int shards : List.of(0, -1, 257)) {
      system(shards);
      assertThatThrownBy(() -> inMemory("carts"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("synod.crdt.shards must be from 1 to 256, but is %d".formatted(shards));
      stopAll();
    }
  }

  @Test
  @DisplayName("are nothing for a registry or a ladder, which say so")
  void others() {
    var system = system(3);
    ReplicaRegistry registry = nothing(ReplicaRegistry.class);
    assertThatThrownBy(() -> ReplicatedValues.start(system, "carts", registry, List.of(COUNTERS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.crdt.shards is 3")
        .hasMessageContaining("leave it at 1");
    var values = inMemory("carts").get(0);
    GroupRef<LadderCommand, LadderReply> group = nothing(GroupRef.class);
    assertThatThrownBy(() -> Ladder.start(system, "carts", values, group, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in 3 shards")
        .hasMessageContaining("leave synod.crdt.shards at 1");
  }

  /** One that is never asked for anything. */
  @SuppressWarnings("unchecked") // the proxy is of that type, whatever its parameters
  private static <T> T nothing(Class<?> type) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError(method + " is called");
            });
  }
}
