package dev.synod.samples.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.samples.Synod;
import dev.synod.samples.demo.DemoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("process")
@DisplayName("Three processes, people who write, and kill -9")
class KillLeaderTest {

  private static final String TRANSPORT = "synod.transport";

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    System.clearProperty(TRANSPORT);
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({"raft, artery", "raft, channel", "paxos, channel", "zab, channel"})
  @Timeout(240)
  @DisplayName("nothing acknowledged is lost, nothing is there twice, all nodes agree")
  void nothingAcknowledgedIsLost(String protocol, String transport) throws IOException {
    System.setProperty(TRANSPORT, transport);
    var told = new StringWriter();
    var command =
        Synod.commandLine().setOut(new PrintWriter(told, true)).setErr(new PrintWriter(told, true));

    int code =
        command.execute(
            "demo", "--protocol", protocol, "--script", "kill-leader", "--dir", folder.toString());

    assertThat(code).as(told.toString()).isZero();
    assertThat(told.toString().lines().filter(line -> line.contains("killed  (kill -9")))
        .hasSize(2);
    var number = Map.of("raft", "(term ", "paxos", "(ballot ", "zab", "(epoch ");
    assertThat(told.toString()).contains(number.getOrDefault(protocol, "?"));
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Files.readString(new DemoFolder(folder).log("n1")).contains("a channel to "))
        .isEqualTo(transport.equals("channel"));
  }
}
