package dev.synod.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.samples.node.DemoProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("A demo")
class DemoTest {

  private static final Pattern PID = Pattern.compile("pid (\\d+)");

  private static final Optional<DemoProtocol> NONE = Optional.empty();

  @TempDir Path path;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>(100);

  @Test
  @Timeout(60)
  @DisplayName("owns its folder and its processes, tells when one is lost, and ends them all")
  void ownsItsProcesses() throws InterruptedException {
    var folder = new DemoFolder(path);
    List<ProcessHandle> nodes;
    try (var demo = Demo.start(folder, 3, NONE, false, List.of(), told::add)) {
      nodes = List.of(started(), started(), started());
      assertThat(folder.running().nodes()).hasSize(3);

      assertThatThrownBy(() -> Demo.start(folder, 3, NONE, false, List.of(), told::add))
          .hasMessageStartingWith("A demo already runs in " + path);
      assertThatThrownBy(() -> demo.restart("n1")).hasMessage("Node n1 is already running.");
      assertThatThrownBy(() -> demo.kill("n9"))
          .hasMessage("There is no node n9. The nodes are n1, n2, n3.");

      nodes.get(1).destroyForcibly();
      assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("n2 ENDED BY ITSELF");
      assertThat(demo.isRunning("n2")).isFalse();

      demo.kill("n3");
      assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("n3 killed");
    }

    assertThat(nodes).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(folder::running).hasMessageStartingWith("No demo is running in " + path);
    assertThatThrownBy(() -> Demo.start(folder, 5, NONE, false, List.of(), told::add))
        .hasMessageContaining("has 3 nodes, not 5");
    var paxos = Optional.of(DemoProtocol.PAXOS);
    assertThatThrownBy(() -> Demo.start(folder, 3, paxos, false, List.of(), told::add))
        .hasMessageContaining("is replicated by raft, not by paxos. Use --fresh");
    assertThat(told).isEmpty();
  }

  /** The process of the next node that was told to have started. */
  private ProcessHandle started() throws InterruptedException {
    var line = PID.matcher(told.poll(30, TimeUnit.SECONDS));
    assertThat(line.find()).isTrue();
    return ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow();
  }
}
