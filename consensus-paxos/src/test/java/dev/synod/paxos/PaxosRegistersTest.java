package dev.synod.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Members;
import dev.synod.actors.health.GroupsReady;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.paxos.actor.RegisterReply;
import dev.synod.paxos.rules.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("Registers on three nodes with real disks")
class PaxosRegistersTest {

  /**
   * Below those that an operating system gives out by itself: one that a node has given back, or
   * does not use yet, would be another process's connection next. Each process begins elsewhere.
   */
  private static final AtomicInteger PORTS =
      new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() % 34 * 640));

  private static final Bytes RED = Bytes.utf8("red");
  private static final Bytes BLUE = Bytes.utf8("blue");

  @TempDir Path directory;

  private final Map<String, ActorSystem<Void>> systems = new TreeMap<>();
  private final Map<String, PaxosRegisters> registers = new TreeMap<>();
  private final Members members = new Members(List.of(node("n1"), node("n2"), node("n3")));

  @AfterEach
  void terminate() {
    List.copyOf(systems.keySet()).forEach(this::stop);
  }

  @Test
  @DisplayName(
      "hold on every node what any of them wrote, without one of them, and after a restart")
  void serve() {
    members.nodes().forEach(node -> start(node.name(), ""));

    assertThat(ok(registers.get("n1").set("color", RED)).changed()).isTrue();
    assertThat(ok(registers.get("n2").get("color"))).contains(RED);
    stop("n1");
    var swapped = registers.get("n3").compareAndSet("color", Optional.of(RED), Optional.of(BLUE));
    assertThat(ok(swapped)).isEqualTo(new RegisterReply(true, Content.of(BLUE)));
    var late = registers.get("n2").compareAndSet("color", Optional.of(RED), Optional.empty());
    assertThat(ok(late)).isEqualTo(new RegisterReply(false, Content.of(BLUE)));

    stop("n2");
    stop("n3");
    members.nodes().forEach(node -> start(node.name(), ""));
    assertThat(ok(registers.get("n1").get("color"))).contains(BLUE);
    ok(registers.get("n1").clear("color"));
    assertThat(ok(registers.get("n3").get("color"))).isEmpty();
  }

  @Test
  @DisplayName("say how they are, run no commands, and refuse what they can't keep")
  void refuse() {
    members.nodes().forEach(node -> start(node.name(), ""));
    ok(registers.get("n1").set("color", RED));
    var consensus = Consensus.get(systems.get("n1"));
    var id = new GroupId("settings");

    var status = done(consensus.node().status(id)).orElseThrow();
    assertThat(status.role()).isEqualTo("acceptor");
    assertThat(done(new GroupsReady(Adapter.toClassic(systems.get("n1"))).get())).isTrue();
    assertThat(status.details()).anyMatch(detail -> detail.label().equals("registers"));
    assertThat(done(consensus.<String, String>ref(id, members).propose("a command")))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(done(registers.get("n1").set("", RED))).isInstanceOf(Outcome.Rejected.class);
    assertThat(done(registers.get("n1").get("\uD800"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(done(registers.get("n1").set("big", Bytes.wrap(new byte[200_000]))))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  @DisplayName("are not founded as long as not all have met: certainly nothing was done")
  void notFounded() {
    start("n1", "synod.client { ask-timeout = 300ms, attempt-timeout = 200ms }");

    assertThat(done(registers.get("n1").set("color", RED)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, it -> assertThat(it.text()).contains("not founded here yet"));
  }

  @Test
  @DisplayName("are refused if their values could not be kept, or sent")
  void settings() {
    assertThatThrownBy(() -> start("n1", "synod.paxos.value-bytes-max = 1 MiB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.log.entry-bytes-max");
    assertThatThrownBy(() -> start("n2", "synod.paxos.value-bytes-max = 600 KiB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maximum-frame-size");
  }

  private void start(String name, String more) {
    var node = members.nodes().stream().filter(one -> one.name().equals(name)).findFirst();
    var port = node.orElseThrow().address().replaceAll(".*:", "");
    var config =
        ConfigFactory.parseString(
                """
                include "synod-remote"
                pekko.loglevel = ERROR
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = %s }
                synod { data-directory = "%s", meters = off }
                synod { client.ask-timeout = 60s, node.status-timeout = 20s }
                synod.paxos.attempts-max = 100
                synod.log { segment-bytes = 2 MiB, entry-bytes-max = 1 MiB }
                """
                    .formatted(port, directory.resolve(name)))
            .withFallback(ConfigFactory.load());
    var system =
        ActorSystem.<Void>create(
            Behaviors.empty(),
            "shop",
            ConfigFactory.parseString(more).withFallback(config).resolve());
    systems.put(name, system);
    registers.put(name, PaxosRegisters.start(system, "settings", members));
  }

  private void stop(String name) {
    var system = systems.remove(name);
    if (system == null) {
      throw new IllegalStateException(name + " does not run");
    }
    registers.remove(name);
    system.terminate();
    done(system.getWhenTerminated());
  }

  private static NodeAddress node(String name) {
    return new NodeAddress(name, "pekko://shop@127.0.0.1:" + freePort());
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

  private static <R> R ok(CompletionStage<Outcome<R>> stage) {
    var outcome = done(stage);
    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    return ((Outcome.Ok<R>) outcome).reply();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(150, TimeUnit.SECONDS).join();
  }
}
