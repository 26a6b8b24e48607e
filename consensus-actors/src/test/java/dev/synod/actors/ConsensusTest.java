package dev.synod.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.health.GroupsReady;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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
@DisplayName("Groups in actor systems, by each transport")
class ConsensusTest {

  private static final String NAME = "shop";

  @Parameter String transport;
  @TempDir Path directory;

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private final NodeAddress n1;
  private final NodeAddress n2;

  ConsensusTest() {
    n1 = new NodeAddress("n1", "pekko://shop@127.0.0.1:" + FreePorts.next());
    n2 = new NodeAddress("n2", "pekko://shop@127.0.0.1:" + FreePorts.next());
  }

  @AfterEach
  void terminate() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> done(system.getWhenTerminated()));
  }

  @Test
  @DisplayName("are the same from every node, in every form of asking")
  void sameEverywhere() {
    var one = start(n1);
    var two = start(n2);
    var third = Consensus.get(system(freeNode())).<Long, Long>ref(new GroupId("adder"), members());

    assertThat(done(one.ask(5L))).isEqualTo(5);
    assertThat(done(two.ask(6L))).isEqualTo(11);
    assertThat(done(third.ask(7L))).isEqualTo(18);
    assertThat(done(two.read(0L, Read.linearizable()))).isEqualTo(18);
    assertThat(done(one.read(0L, Read.stale()))).isEqualTo(18);
    assertThat(done(third.propose(-1L)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
    assertThat(done(two.askWithStatus(-1L)).getError()).isInstanceOf(RejectedException.class);
    assertThatThrownBy(() -> done(two.ask(-1L)))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RejectedException.class)
        .hasMessageContaining("no negative numbers");
    // After a silence the other one is asked, which follows.
    TestProbe.create(systems.get(0))
        .awaitAssert(() -> assertThat(done(third.status()).role()).isEqualTo("leader"));
  }

  @Test
  @DisplayName("tell an actor what became of its command")
  void tellsActors() {
    var one = start(n1);
    start(n2);
    var probe = TestProbe.<Outcome<Long>>create(systems.get(0));
    one.tell(5L, probe.ref());

    assertThat(probe.receiveMessage(Duration.ofSeconds(90)))
        .isInstanceOfSatisfying(Outcome.Ok.class, ok -> assertThat(ok.reply()).isEqualTo(5L));
  }

  @Test
  @DisplayName("go on where they were after a restart of all nodes")
  void survivesRestarts() {
    start(n1);
    assertThat(done(start(n2).ask(5L))).isEqualTo(5);
    var store = consensus(0).node().store();
    terminate();
    systems.clear();

    var one = start(n1);
    var two = start(n2);
    assertThat(done(two.ask(6L))).isEqualTo(11);
    assertThat(done(one.ask(7L))).isEqualTo(18);
    assertThat(consensus(0).node().store()).isEqualTo(store);
  }

  @Test
  @DisplayName("tell their state, and whether the node is ready")
  void status() {
    start(n1);
    assertThat(done(consensus(0).node().statuses()))
        .extracting(ReplicaStatus::role)
        .containsExactly("founding");
    var ready = new GroupsReady(Adapter.toClassic(systems.get(0)));
    assertThat(done(ready.get())).isFalse();
    done(start(n2).ask(5L));

    assertThat(done(consensus(0).node().status(new GroupId("adder"))))
        .hasValueSatisfying(status -> assertThat(status.role()).isEqualTo("leader"));
    assertThat(done(consensus(0).node().status(new GroupId("other")))).isEmpty();
    assertThat(done(ready.get())).isTrue();
  }

  @Test
  @DisplayName("are refused if started twice, on a node that is no member, or by another protocol")
  void wrongStarts() {
    start(n1);
    var consensus = consensus(0);

    assertThatThrownBy(() -> consensus.start(adder("one-copy", members())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
    assertThatThrownBy(() -> consensus.start(adder("one-copy", Members.of(n2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(n1.address())
        .hasMessageContaining(n2.address());
    assertThat(consensus.ref(new GroupId("adder"), members()).id().name()).isEqualTo("adder");
  }

  @Test
  @DisplayName("keep the protocol that they were founded with")
  void keepsTheProtocol() {
    var alone = Members.of(n1);
    var first = system(n1);
    done(Consensus.get(first).start(adder("one-copy", alone)).ask(5L));
    terminate();
    systems.clear();

    assertThatThrownBy(() -> Consensus.get(system(n1)).start(adder("another", alone)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one-copy")
        .hasMessageContaining("another");
  }

  @Test
  @DisplayName("refuse a data directory that another node uses, and say so")
  void lockedDirectory() {
    start(n1);
    var other = system(freeNode(), directory.resolve(n1.name()));

    assertThatThrownBy(() -> Consensus.get(other).node().store())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory.resolve(n1.name()).getFileName().toString());
  }

  @Test
  @DisplayName("need a data directory to be hosted, and say which setting names it")
  void noDirectory() {
    var config = ConfigFactory.parseMap(Map.of("synod.transport", transport));
    var nowhere =
        ActorSystem.<Void>create(
            Behaviors.empty(), NAME, config.withFallback(ConfigFactory.load("unnamed")));
    systems.add(nowhere);

    assertThatThrownBy(() -> Consensus.get(nowhere).node().store())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("synod.data-directory");
  }

  @Test
  @DisplayName("kept in memory need no data directory, and forget themselves with their node")
  void memoryNeedsNoDirectory() {
    var alone = Members.of(n1);
    var group = Group.of("adder", Adder::new).using(new OneCopy("one-copy")).inMemory().on(alone);
    assertThat(done(Consensus.get(system(n1, Path.of(""))).start(group).ask(5L))).isEqualTo(5);
    var store = replica(0).self().store();
    terminate();
    systems.clear();

    assertThat(done(Consensus.get(system(n1, Path.of(""))).start(group).ask(6L))).isEqualTo(6);
    assertThat(replica(0).self().store()).isNotEqualTo(store);
  }

  private ReplicaStatus replica(int index) {
    return done(consensus(index).node().status(new GroupId("adder"))).orElseThrow();
  }

  @Test
  @DisplayName("need no transport in a system without remoting, whatever the settings say")
  void localSystem() {
    var config = ConfigFactory.parseMap(Map.of("synod.transport", transport));
    var local =
        ActorSystem.<Void>create(
            Behaviors.empty(), NAME, config.withFallback(ConfigFactory.load()));
    systems.add(local);

    assertThat(Consensus.get(local).ref(new GroupId("adder"), members()).id().name())
        .isEqualTo("adder");
  }

  private GroupRef<Long, Long> start(NodeAddress node) {
    return Consensus.get(system(node)).start(adder("one-copy", members()));
  }

  private Members members() {
    return Members.of(n1, n2);
  }

  private static Group<Long, Long, Long> adder(String protocol, Members members) {
    return Group.of("adder", Adder::new).using(new OneCopy(protocol)).on(members);
  }

  private Consensus consensus(int index) {
    return Consensus.get(systems.get(index));
  }

  private ActorSystem<Void> system(NodeAddress node) {
    return system(node, directory.resolve(node.name()));
  }

  private ActorSystem<Void> system(NodeAddress node, Path data) {
    var port = node.address().substring(node.address().lastIndexOf(':') + 1);
    var config =
        """
        pekko.remote.artery.canonical { hostname = "127.0.0.1", port = %s }
        synod { data-directory = "%s", transport = %s }
        synod { client.ask-timeout = 60s, node.status-timeout = 20s }
        synod.log { segment-bytes = 2 MiB, entry-bytes-max = 1 MiB }
        synod.meters = off
        """
            .formatted(port, data, transport);
    var system =
        ActorSystem.<Void>create(
            Behaviors.empty(),
            NAME,
            ConfigFactory.parseString(config)
                .withFallback(ConfigFactory.parseResources("synod-remote.conf"))
                .withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }

  private static NodeAddress freeNode() {
    return new NodeAddress("free", "pekko://shop@127.0.0.1:" + FreePorts.next());
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
  }
}
