package dev.synod.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Read;
import dev.synod.core.StateMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Creator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
@ParameterizedClass(name = "by {0}")
@ValueSource(strings = {"artery", "channel"})
@DisplayName("Three Raft nodes with real disks, by each transport")
class RaftNodesTest {

  private static final String NAME = "shop";

  /**
   * Below those that an operating system gives out by itself: one that a node has given back, or
   * does not use yet, would be another process's connection next. Each process begins elsewhere.
   */
  private static final AtomicInteger PORTS =
      new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() % 34 * 640));

  @Parameter String transport;
  @TempDir Path directory;

  private final Map<String, ActorSystem<Void>> systems = new TreeMap<>();
  private final Members members = new Members(List.of(node("n1"), node("n2"), node("n3")));

  @AfterEach
  void terminate() {
    systems.values().forEach(ActorSystem::terminate);
    systems.values().forEach(system -> done(system.getWhenTerminated()));
  }

  @Test
  @DisplayName(
      "a follower that lacks what is compacted gets a snapshot, and goes on from there (§7)")
  void snapshotToAFollowerFarBehind() {
    start("n1");
    start("n2");
    start("n3");
    var group = group("n1");
    assertThat(done(group.ask(1L))).isEqualTo(1);

    stop("n3");
    long sum = add(group, 1_000);
    var behind = awaitStatus("n1", status -> status.snapshotIndex() > 500);
    awaitStatus("n2", status -> status.snapshotIndex() > 500); // either may lead
    start("n3");

    var caughtUp = awaitStatus("n3", status -> status.appliedIndex() >= behind.appliedIndex());
    assertThat(caughtUp.snapshotIndex()).isGreaterThan(500);
    assertThat(done(group("n3").read(0L, Read.linearizable()))).isEqualTo(sum);
    assertThat(done(group("n3").ask(1L))).isEqualTo(sum + 1);
  }

  @Test
  @DisplayName("what was acknowledged is there after all nodes have stopped, snapshots and all")
  void everythingComesBack() {
    members.nodes().forEach(node -> start(node.name()));
    long sum = add(group("n2"), 500);

    members.nodes().forEach(node -> stop(node.name()));
    members.nodes().forEach(node -> start(node.name()));

    assertThat(done(group("n3").read(0L, Read.linearizable()))).isEqualTo(sum);
  }

  @Test
  @DisplayName("a leader that stops hands over, and the next write is taken")
  void handsOver() {
    members.nodes().forEach(node -> start(node.name()));
    add(group("n1"), 10);
    var leader = awaitLeader();
    var other = leader.equals("n1") ? "n2" : "n1";

    stop(leader);

    assertThat(done(group(other).ask(1L))).isEqualTo(11);
  }

  /** Adds 1 so many times, all under way at once; what all of them come to. */
  private static long add(GroupRef<Long, Long> group, int times) {
    var all = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < times; i++) {
      all.add(group.ask(1L).toCompletableFuture());
    }
    return all.stream().mapToLong(RaftNodesTest::done).max().orElseThrow();
  }

  /** After a pause of all of them nobody may lead for a while. */
  private String awaitLeader() {
    return await(
        "n1",
        () -> {
          for (var name : systems.keySet()) {
            if (status(name).role().equals("leader")) {
              return name;
            }
          }
          throw new AssertionError("nobody leads");
        });
  }

  private ReplicaStatus awaitStatus(String name, Predicate<ReplicaStatus> wanted) {
    return await(
        name,
        () -> {
          var status = status(name);
          assertThat(status).matches(wanted);
          return status;
        });
  }

  /** Real nodes in real time: asked again and again, for a bounded time. */
  private <T> T await(String name, Creator<T> look) {
    TestProbe<Void> probe = TestProbe.create(systems.get(name));
    return probe.awaitAssert(Duration.ofMinutes(1), Duration.ofMillis(100), look);
  }

  private ReplicaStatus status(String name) {
    return done(Consensus.get(systems.get(name)).node().status(new GroupId("adder"))).orElseThrow();
  }

  private void start(String name) {
    var node = members.nodes().stream().filter(one -> one.name().equals(name)).findFirst();
    var port = node.orElseThrow().address().replaceAll(".*:", "");
    var config =
        ConfigFactory.parseString(
            """
            include "synod-remote"
            pekko.loglevel = ERROR
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = %s }
            synod { data-directory = "%s", transport = %s }
            synod { client.ask-timeout = 60s, node.status-timeout = 20s }
            synod.log { segment-bytes = 2 MiB, entry-bytes-max = 1 MiB }
            synod.raft { snapshot-after-entries = 200, snapshot-tail-entries = 10 }
            synod.meters = off
            """
                .formatted(port, directory.resolve(name), transport));
    systems.put(
        name,
        ActorSystem.create(
            Behaviors.empty(), NAME, config.withFallback(ConfigFactory.load()).resolve()));
    Consensus.get(systems.get(name)).start(adder());
  }

  private void stop(String name) {
    var system = systems.remove(name);
    if (system == null) {
      throw new IllegalStateException(name + " does not run");
    }
    system.terminate();
    done(system.getWhenTerminated());
  }

  private GroupRef<Long, Long> group(String name) {
    return Consensus.get(systems.get(name)).ref(new GroupId("adder"), members);
  }

  private Group<Long, Long, Long> adder() {
    return Group.of("adder", Adder::new).using(Raft.protocol()).on(members);
  }

  private static NodeAddress node(String name) {
    return new NodeAddress(name, "pekko://" + NAME + "@127.0.0.1:" + freePort());
  }

  private static int freePort() {
    int port = PORTS.incrementAndGet();
    while (!isFree(port)) {
      port = PORTS.incrementAndGet();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
  }

  private static final class Adder implements StateMachine<Long, Long, Long> {

    private long sum;

    @Override
    public Long apply(Long command, Context context) {
      sum += command;
      return sum;
    }

    @Override
    public Long query(Long query) {
      return sum;
    }

    @Override
    public Long snapshot() {
      return sum;
    }

    @Override
    public void restore(Long state) {
      sum = state;
    }
  }
}
