package dev.synod.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Backup;
import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.core.NodeAddress;
import dev.synod.core.Read;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.samples.Synod;
import dev.synod.samples.api.Json;
import dev.synod.samples.counter.Counter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of one on a real disk, and what an operator does to it. */
@DisplayName("The commands of recovery")
@Tag("slow")
class RecoveryCommandsTest {

  private static final NodeAddress NODE = new NodeAddress("n1", "pekko://alone");
  private static final Group<Counter.Command, Long, ?> COUNTER =
      Group.of("counter", Counter::new).using(Raft.protocol()).on(NODE);

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName("back up, verify and restore into a new group")
  void backupAndRestore() throws IOException {
    var file = folder.resolve("counter.backup");
    var backup =
        with(
            "data",
            Consensus::start,
            counter -> add(counter, 5),
            consensus -> backUp(consensus, file));

    assertThat(backup.group()).isEqualTo(COUNTER.id());
    assertThat(run("log", "verify", file.toString())).isZero();
    assertThat(out.toString()).contains("The backup of group counter", "is intact");
    long restored =
        with(
            "other",
            (consensus, group) -> consensus.restore(group, file),
            counter -> add(counter, 2),
            consensus -> 0L);
    assertThat(restored).isZero();
    assertThat(value("other")).isEqualTo(7);

    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(run("log", "verify", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("is damaged");
  }

  @Test
  @DisplayName("show what is in a stopped node's log, as text and as JSON")
  void inspect() {
    with("data", Consensus::start, counter -> add(counter, 5), consensus -> 0L);

    assertThat(run("log", "inspect", "--json", folder.resolve("data").toString())).isZero();
    var json = Json.readObject(out.toString());
    assertThat(json.get("intact").asBoolean()).isTrue();
    var group = json.get("groups").get(0);
    assertThat(group.get("group").asText()).isEqualTo("counter");
    assertThat(group.get("term").asLong()).isPositive();
    assertThat(group.get("votedFor").asText()).isEqualTo(json.get("store").asText());
    assertThat(run("log", "verify", folder.resolve("data").toString())).isZero();
  }

  @Test
  @DisplayName("show what an acceptor has promised, and force nothing upon it")
  void inspectPaxos() {
    var data = folder.resolve("data").toString();
    var group = Group.of("counter", Counter::new).using(Paxos.protocol()).on(NODE);
    with(
        "data",
        (consensus, unused) -> consensus.start(group),
        counter -> add(counter, 5),
        consensus -> 0L);

    assertThat(run("log", "inspect", "--json", data)).isZero();
    var json = Json.readObject(out.toString());
    assertThat(json.get("groups").get(0).get("promised").asText())
        .endsWith("." + json.get("store").asText());
    assertThat(run("force-configuration", data, "counter", "--accept-loss")).isEqualTo(2);
    assertThat(err.toString()).contains("paxos");
    with(
        "data",
        (consensus, unused) -> consensus.start(group),
        counter -> assertThat(done(counter.ask(new Counter.Add(2)))).isEqualTo(7),
        consensus -> 0L);
  }

  @Test
  @DisplayName("force a configuration only if the loss is accepted, and say what is lost")
  void force() {
    with("data", Consensus::start, counter -> add(counter, 5), consensus -> 0L);
    var data = folder.resolve("data").toString();

    assertThat(run("force-configuration", data, "counter")).isEqualTo(2);
    assertThat(out.toString()).contains("later ones are lost", "Nothing was changed");
    assertThat(run("force-configuration", data, "counter", "--accept-loss")).isZero();
    assertThat(out.toString()).contains("forced configuration number 1", "Done.");
    assertThat(value("data")).isEqualTo(5);

    assertThat(run("log", "inspect", data)).isZero();
    assertThat(out.toString()).contains("members from", "configuration 2");
    assertThat(run("force-configuration", data, "chat")).isEqualTo(2);
    assertThat(err.toString()).contains("holds no group chat");
  }

  private static Backup backUp(Consensus consensus, Path file) {
    // snippet: backup
    CompletionStage<Backup> backup = consensus.node().backUp(COUNTER.id(), file);
    // end snippet
    return done(backup);
  }

  private static void add(GroupRef<Counter.Command, Long> counter, long by) {
    done(counter.ask(new Counter.Add(by)));
  }

  private long value(String data) {
    var value = new long[1];
    with(
        data,
        Consensus::start,
        counter -> value[0] = done(counter.read(new Counter.Get(), Read.linearizable())),
        consensus -> 0L);
    return value[0];
  }

  private interface Use {
    void of(GroupRef<Counter.Command, Long> counter);
  }

  private interface Then<T> {
    T of(Consensus consensus);
  }

  /** Runs a node on that folder, and ends it. */
  private <T> T with(
      String data,
      BiFunction<Consensus, Group<Counter.Command, Long, ?>, GroupRef<Counter.Command, Long>> start,
      Use use,
      Then<T> then) {
    var config =
        ConfigFactory.parseString(
                "pekko.actor.provider = local\nsynod.client.ask-timeout = 25 s\n"
                    + "pekko.coordinated-shutdown.default-phase-timeout = 25 s\n"
                    + "synod.data-directory = \""
                    + folder.resolve(data)
                    + "\"")
            .withFallback(ConfigFactory.load("synod-demo-node"));
    var system = ActorSystem.create(Behaviors.empty(), "alone", config);
    try {
      var consensus = Consensus.get(system);
      use.of(start.apply(consensus, COUNTER));
      return then.of(consensus);
    } finally {
      system.terminate();
      done(system.getWhenTerminated());
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private int run(String... arguments) {
    return Synod.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
