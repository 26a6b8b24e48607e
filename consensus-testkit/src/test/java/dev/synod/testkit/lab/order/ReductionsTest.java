package dev.synod.testkit.lab.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.topic.TotalOrderTopic;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/** Kleppmann, Designing Data-Intensive Applications, chapter 9: each can be made of the other. */
@Tag("slow")
@DisplayName("Total order and linearizable registers")
class ReductionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final int ROUNDS = 20;

  /**
   * A register with compare-and-set of nothing but a topic: whoever wants to set it says so to all,
   * and looks whether its wish was the first to fit when it comes back.
   */
  private static final class Register {
    private final TotalOrderTopic<String> topic;
    private final String name;
    private final Map<String, CompletableFuture<Boolean>> wishes = new HashMap<>();
    private long value;
    private int wished;

    Register(Simulation simulation, SimulatedGroup<String, Long> group, String node) {
      this.topic = new TotalOrderTopic<>(group.on(node));
      this.name = node;
      topic.subscribe(From.index(1)).runForeach(this::delivered, simulation.materializer(node));
    }

    CompletableFuture<Boolean> compareAndSet(long expected, long wanted) {
      var wish = name + "-" + ++wished;
      var done = new CompletableFuture<Boolean>();
      wishes.put(wish, done);
      var unused = topic.broadcast(wish + " " + expected + " " + wanted);
      return done;
    }

    private void delivered(AppliedCommand<String> message) {
      var parts = message.command().split(" ", 3);
      boolean fits = value == Long.parseLong(parts[1]);
      if (fits) {
        value = Long.parseLong(parts[2]);
      }
      var own = wishes.remove(parts[0]);
      if (own != null) {
        own.complete(fits);
      }
    }
  }

  @SimulationTest(seeds = 10)
  @DisplayName(
      "a topic makes a register: of those who set it at once, one does, and all know which")
  void registerOfTopic(Simulation simulation) {
    SimulatedGroup<String, Long> group =
        simulation.start("wishes", TotalOrderTopic::<String>machine, Raft.protocol());
    var registers = NODES.stream().map(node -> new Register(simulation, group, node)).toList();

    for (long value = 0; value < ROUNDS; value++) {
      long expected = value;
      var done = registers.stream().map(one -> one.compareAndSet(expected, expected + 1)).toList();
      simulation.eventually(
          "all know", () -> done.stream().allMatch(CompletableFuture::isDone), PATIENCE);
      assertThat(done.stream().filter(CompletableFuture::join)).hasSize(1);
    }
    assertThat(registers).allSatisfy(one -> assertThat(one.value).isEqualTo(ROUNDS));
  }

  /** Delivers numbered messages by their numbers: who has 6 and not 5 waits for 5. */
  private static Behavior<String> inOrder(List<String> delivered) {
    return Behaviors.setup(
        context -> {
          var held = new TreeMap<Long, String>();
          return Behaviors.receiveMessage(
              message -> {
                var parts = message.split(" ", 2);
                long number = Long.parseLong(parts[0]);
                if (number > delivered.size()) {
                  held.put(number, parts[1]);
                }
                while (held.containsKey(delivered.size() + 1L)) {
                  delivered.add(held.remove(delivered.size() + 1L));
                }
                return Behaviors.same();
              });
        });
  }

  @SimulationTest(seeds = 10)
  @DisplayName("a register that counts makes a topic: message 2 waits for message 1")
  void topicOfRegister(Simulation simulation) {
    var counter = simulation.start("numbers", Total::new, Raft.protocol());
    var delivered = new HashMap<String, List<String>>();
    var ways = new HashMap<String, Map<String, ActorRef<String>>>();
    for (String node : NODES) {
      delivered.put(node, new ArrayList<>());
      var ear = simulation.spawn(node, inOrder(delivered.get(node)), "ear");
      for (String from : NODES) {
        ways.computeIfAbsent(from, any -> new HashMap<>())
            .put(node, from.equals(node) ? ear : simulation.reached(from, ear));
      }
    }

    long first = counter.ask("n1", 1L);
    simulation.partition("n1 | n2,n3");
    tellAll(ways.get("n1"), first + " first"); // lost, but for n1 itself
    tellAll(ways.get("n2"), counter.ask("n2", 1L) + " second");
    simulation.advance(PATIENCE);
    assertThat(delivered.get("n1")).containsExactly("first");
    assertThat(delivered.get("n3")).isEmpty();

    simulation.heal();
    for (int i = 0; i < ROUNDS; i++) {
      var from = NODES.get(i % NODES.size());
      tellAll(ways.get(from), counter.ask(from, 1L) + " number " + i);
    }
    tellAll(ways.get("n1"), first + " first"); // nobody answered, so it is said again
    tellAll(ways.get("n2"), first + 1 + " second");
    simulation.eventually(
        "all have all",
        () -> delivered.values().stream().allMatch(one -> one.size() == ROUNDS + 2),
        PATIENCE);
    assertThat(delivered.values()).allSatisfy(one -> assertThat(one).startsWith("first", "second"));
    assertThat(delivered.values().stream().distinct()).hasSize(1);
  }

  private static void tellAll(Map<String, ActorRef<String>> ways, String message) {
    NODES.forEach(node -> ways.get(node).tell(message));
  }
}
