package dev.synod.testkit.lab.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.Protocol;
import dev.synod.actors.topic.TotalOrderTopic;
import dev.synod.core.Outcome;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("Those who subscribe to a topic")
class TotalOrderTest {

  private static final Duration STORM = Duration.ofSeconds(5);
  private static final Duration GAP = Duration.ofMillis(25);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  /** All messages stay in the log. */
  private static final String KEEPS =
      """
      synod {
        raft.snapshot-after-entries = 100000
        paxos.multi.snapshot-after-entries = 100000
        zab.snapshot-after-entries = 100000
      }
      """;

  /** One who subscribed, as long as its node does not crash. */
  private static final class Subscriber {
    final List<AppliedCommand<String>> got = new ArrayList<>();
  }

  static Stream<Arguments> protocols() {
    return Stream.of(Raft.protocol(), Paxos.protocol(), Zab.protocol())
        .flatMap(
            protocol ->
                LongStream.rangeClosed(1, 5)
                    .mapToObj(seed -> Arguments.of(protocol.name(), seed, protocol)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("protocols")
  @DisplayName("get the same messages in the same order, from whenever on they do, in any storm")
  void oneOrder(String name, long seed, Protocol protocol) {
    var config = ConfigFactory.parseString(KEEPS).withFallback(GroupSettings.smallLogs());
    var simulation = new Simulation(seed, NODES.size(), Profile.STORM, config);
    SimulatedGroup<String, Long> group =
        simulation.start("news", TotalOrderTopic::<String>machine, protocol);
    var told = new HashMap<String, CompletableFuture<Outcome<Long>>>();
    var early = new ArrayList<Subscriber>();
    early.addAll(subscribe(simulation, group, From.index(1)));
    broadcastSoon(simulation, group, told);
    simulation.storm(STORM);
    early.addAll(subscribe(simulation, group, From.now()));
    broadcastSoon(simulation, group, told);
    simulation.storm(STORM);
    simulation.heal();
    simulation.advance(Duration.ofSeconds(12));
    var end = simulation.await(group.on("n1").propose("the end"));
    assertThat(end).isInstanceOf(Outcome.Ok.class);

    var late = subscribe(simulation, group, From.index(1));
    assertThat(late).hasSize(NODES.size());
    simulation.eventually(
        "all came late and heard the end",
        () -> late.stream().allMatch(one -> hasHeard(one, "the end")),
        PATIENCE);
    var order = late.get(0).got;
    assertThat(late).allSatisfy(one -> assertThat(one.got).isEqualTo(order));
    assertThat(order.stream().map(AppliedCommand::command)).doesNotHaveDuplicates();
    assertThat(order).hasSizeGreaterThan(50);
    told.forEach((message, outcome) -> holds(message, outcome, order));
    assertThat(early).anySatisfy(one -> assertThat(one.got).isNotEmpty());
    assertThat(early).allSatisfy(one -> hasNoGap(one.got, order));
  }

  private static boolean hasHeard(Subscriber subscriber, String message) {
    int count = subscriber.got.size();
    return count > 0 && subscriber.got.get(count - 1).command().equals(message);
  }

  /** Where it was said to be, if that was said; nowhere, if it was refused. */
  private static void holds(
      String message,
      CompletableFuture<Outcome<Long>> outcome,
      List<AppliedCommand<String>> order) {
    var places =
        order.stream()
            .filter(one -> one.command().equals(message))
            .map(AppliedCommand::index)
            .toList();
    var told = outcome.getNow(new Outcome.Unknown<>("its node is gone"));
    if (told instanceof Outcome.Ok<Long> ok) {
      assertThat(places).containsExactly(ok.reply());
    } else if (told instanceof Outcome.Rejected<Long>) {
      assertThat(places).isEmpty();
    }
  }

  private static void hasNoGap(
      List<AppliedCommand<String>> got, List<AppliedCommand<String>> order) {
    if (!got.isEmpty()) {
      int from = order.indexOf(got.get(0));
      assertThat(order.subList(from, from + got.size())).isEqualTo(got);
    }
  }

  private static void broadcastSoon(
      Simulation simulation,
      SimulatedGroup<String, Long> group,
      Map<String, CompletableFuture<Outcome<Long>>> told) {
    var engine = simulation.world().engine();
    var chance = engine.chance("broadcasts");
    long now = engine.nanoTime();
    for (long at = 0; at < STORM.toNanos(); at += GAP.toNanos()) {
      var message = "at " + (now + at);
      engine.after(
          Duration.ofNanos(at),
          () -> {
            var node = NODES.get((int) chance.nextLong(NODES.size()));
            if (group.isUp(node)) {
              var topic = new TotalOrderTopic<>(group.on(node));
              told.put(message, topic.broadcast(message).toCompletableFuture());
            }
          });
    }
  }

  /** On each node that is up. */
  private static List<Subscriber> subscribe(
      Simulation simulation, SimulatedGroup<String, Long> group, From from) {
    return NODES.stream()
        .filter(group::isUp)
        .map(node -> subscribe(simulation, group, node, from))
        .toList();
  }

  private static Subscriber subscribe(
      Simulation simulation, SimulatedGroup<String, Long> group, String node, From from) {
    var subscriber = new Subscriber();
    new TotalOrderTopic<>(group.on(node))
        .subscribe(from)
        .runForeach(subscriber.got::add, simulation.materializer(node));
    return subscriber;
  }
}
