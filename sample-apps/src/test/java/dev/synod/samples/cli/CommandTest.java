package dev.synod.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.samples.Synod;
import dev.synod.samples.api.Json;
import dev.synod.samples.counter.Counter;
import dev.synod.samples.demo.DemoFile;
import dev.synod.samples.node.NodeSettings.Place;
import dev.synod.samples.node.TestNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The synod command")
class CommandTest {

  @TempDir Path folder;

  private final TestNode node = new TestNode();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void pretendThatADemoRuns() throws IOException {
    var self = ProcessHandle.current();
    long started = self.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    var away = new Place("n2", 2, 2);
    var nowhere = URI.create("http://127.0.0.1:1/");
    var file =
        new DemoFile(
            self.pid(), started, nowhere, "t", Optional.empty(), List.of(node.place(), away));
    Files.writeString(folder.resolve("demo.json"), Json.write(file));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @DisplayName("adds to the counter and gets it")
  void counter() {
    assertThat(run("counter", "add", "5")).isZero();
    assertThat(run("counter", "add", "-2")).isZero();
    assertThat(run("counter", "get")).isZero();
    assertThat(run("counter", "get", "--stale")).isZero();

    assertThat(out.toString().lines()).containsExactly("5", "3", "3", "3");
  }

  @Test
  @DisplayName("takes the demo's folder before the name of the counter's command, too")
  void folderFirst() {
    var line = List.of("counter", "--dir", folder.toString(), "add", "7");

    int status =
        Synod.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(line.toArray(String[]::new));

    assertThat(status).isZero();
    assertThat(out.toString().lines()).containsExactly("7");
  }

  @Test
  @DisplayName("follows the counter, and goes on where it was when a stream ends")
  void follow() {
    run("counter", "add", "5");
    var counter = node.groups().counter;
    counter.beforeWatch(() -> counter.propose(new Counter.Add(2)));

    assertThat(run("counter", "follow", "--changes", "2")).isZero();

    assertThat(out.toString().lines()).containsExactly("5", "5", "7  (+2)", "9  (+2)");
  }

  @Test
  @DisplayName("says a message, and shows what was said")
  void chat() {
    assertThat(run("chat", "--name", "ann", "--say", " hello there ")).isZero();
    assertThat(run("chat")).isZero();

    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("\\d\\d:\\d\\d ann: hello there"));
  }

  @Test
  @DisplayName("backs a group up, and says where")
  void backup() {
    assertThat(run("backup", "counter", "monday")).isZero();

    assertThat(out.toString().lines()).containsExactly("/backups/monday");
  }

  @Test
  @DisplayName("shows how the nodes are, those too that do not answer")
  void status() {
    assertThat(run("status")).isZero();

    assertThat(out.toString().lines()).hasSize(4);
    assertThat(out.toString()).contains("n1    counter  leader").contains("does not answer");
  }

  @Test
  @DisplayName("ends with 1 if it was rejected")
  void rejected() {
    node.groups().counter.failWith(new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "No leader."));

    assertThat(run("counter", "add", "5")).isEqualTo(1);
    assertThat(run("counter", "get")).isEqualTo(1);
    assertThat(err.toString().lines()).containsOnly("Rejected: No leader.");
  }

  @Test
  @DisplayName("ends with 3 if the outcome is unknown")
  void unknown() {
    node.groups().counter.failWith(new Outcome.Unknown<>("The leader went away."));

    assertThat(run("counter", "add", "5")).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "Unknown: it may or may not have been done. The leader went away.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counter",
        "counter add",
        "counter add five",
        "counter add 2000000",
        "chat --say hello",
        "chat --name  --say hello",
        "kill",
        "kill seven",
        "demo --nodes 4",
        "demo --protocol morse",
        "modes --act 0",
        "modes --act 7",
        "nonsense",
        "sim",
        "bench"
      })
  @DisplayName("ends with 2 and a sentence if it is used wrongly")
  void usage(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("Exception", "\tat ");
  }

  @Test
  @DisplayName("says that no demo is running, and how to start one")
  void noDemo() throws IOException {
    Files.delete(folder.resolve("demo.json"));

    assertThat(run("counter", "get")).isEqualTo(1);
    assertThat(err.toString()).startsWith("No demo is running in ").contains("./synod demo");
  }

  @Test
  @DisplayName("says that a demo which ended is not running")
  void endedDemo() throws IOException {
    var file = Files.readString(folder.resolve("demo.json"));
    var other = file.replaceFirst("\"startedMillis\":\\d+", "\"startedMillis\":1");
    Files.writeString(folder.resolve("demo.json"), other);

    assertThat(run("status")).isEqualTo(1);
    assertThat(err.toString()).startsWith("No demo is running in ");
  }

  @Test
  @DisplayName("says that a demo does not answer")
  void deafDemo() {
    assertThat(run("kill", "2")).isEqualTo(1);
    assertThat(err.toString()).startsWith("The demo does not answer");
  }

  @Test
  @DisplayName("helps")
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(run("demo", "--help")).isZero();
    assertThat(run("modes", "--help")).isZero();
    assertThat(run("cap-demo", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "synod demo",
            "synod modes",
            "synod cap-demo",
            "Exit codes: 0 done",
            "--script",
            "--fresh",
            "--protocol",
            "counter",
            "restart");
  }

  /** Runs it on the demo of this test; gives the exit code. */
  private int run(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    boolean findsDemo =
        List.of("counter", "chat", "status", "kill", "backup").contains(line.get(0));
    if (findsDemo && !line.equals(List.of("counter"))) {
      line.add("--dir");
      line.add(folder.toString());
    }
    return Synod.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.toArray(String[]::new));
  }
}
