package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Values in directories")
class ValuesOnDiskTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Consistency HERE = Consistency.local().after(CausalToken.NONE, PATIENCE);

  @TempDir Path directory;

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private List<ReplicatedValues> values = List.of();

  /** Two actor systems, each on any free port of this machine, with their values in a directory. */
  private void startBoth() {
    for (int i = 0; i < 2; i++) {
      systems.add(
          ActorSystem.create(
              Behaviors.empty(),
              "shop",
              ConfigFactory.parseString(
                      """
                      pekko.actor.provider = remote
                      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                      """)
                  .withFallback(ConfigFactory.load())));
    }
    var nodes = systems.stream().map(it -> it.address().toString()).toList();
    values = List.of(start(systems.get(0), nodes, "a"), start(systems.get(1), nodes, "b"));
  }

  private ReplicatedValues start(ActorSystem<Void> system, List<String> nodes, String name) {
    return ReplicatedValues.start(
        system, "carts", nodes, List.of(COUNTERS), directory.resolve(name));
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

  private UpdateOutcome add(ReplicatedValues to, Consistency consistency) throws Exception {
    return await(to.update(COUNTERS, "counter/x", (it, me) -> it.add(me, 1), consistency));
  }

  @Test
  @DisplayName("are there after all nodes were off at once, and the replicas are the same ones")
  void restart() throws Exception {
    startBoth();
    var everywhere = (UpdateOutcome.Written) add(values.get(0), Consistency.all(PATIENCE));
    assertThat(everywhere.copies()).isEqualTo(2);
    var here = (UpdateOutcome.Written) add(values.get(1), HERE);
    var a = Described.of(values.get(0)).self();
    var b = Described.of(values.get(1)).self();
    stopAll();

    startBoth();

    assertThat(Described.of(values.get(0)).self()).isEqualTo(a);
    assertThat(Described.of(values.get(1)).self()).isEqualTo(b);
    var atB = await(values.get(1).get(COUNTERS, "counter/x", HERE));
    assertThat(((ReadOutcome.Found<PnCounter>) atB).value().value()).isEqualTo(2);
    var after = Consistency.local().after(here.token(), PATIENCE);
    var atA = await(values.get(0).get(COUNTERS, "counter/x", after));
    assertThat(((ReadOutcome.Found<PnCounter>) atA).value().value()).isEqualTo(2);
  }

  @Test
  @DisplayName("are refused to a second one that would use the same directory")
  void twice() {
    startBoth();
    var system = systems.get(0);
    var nodes = List.of(system.address().toString());

    assertThatThrownBy(() -> start(system, nodes, "a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open in this process already");
  }
}
