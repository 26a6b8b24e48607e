package dev.synod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.benchmarks.peer.Freshness;
import dev.synod.benchmarks.peer.Registers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The workload")
class WorkloadTest {

  @Test
  @DisplayName("is named for what it does")
  void kinds() {
    assertThat(Workload.writes(1, 100, 0, 1).kind()).isEqualTo("write");
    assertThat(new Workload(1, 100, 100, Freshness.STALE, 0, 1).kind()).isEqualTo("read-stale");
    assertThat(new Workload(1, 100, 90, Freshness.LINEARIZABLE, 0, 1).kind())
        .isEqualTo("90%-read-linearizable");
  }

  @Test
  @DisplayName("uses fewer registers when values are large")
  void stateIsBounded() {
    assertThat(Workload.writes(1, 100, 0, 1).registers()).isEqualTo(Registers.COUNT);
    assertThat(Workload.writes(1, 1 << 20, 0, 1).registers()).isEqualTo(32);
  }

  @Test
  @DisplayName("is refused when it can't be asked for")
  void impossibleWorkloads() {
    assertThatThrownBy(() -> Workload.writes(0, 100, 0, 1)).hasMessageContaining("0 outstanding");
    assertThatThrownBy(() -> Workload.writes(1, 3, 0, 1)).hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> new Workload(1, 100, 101, Freshness.STALE, 0, 1))
        .hasMessageContaining("101 % reads");
  }

  @Test
  @DisplayName("counts what failed apart from what was answered")
  void failuresAreCounted() throws InterruptedException {
    var row = new ClosedLoop(new Failing(), Workload.writes(2, 10, 0, 0)).run(1);

    assertThat(row.opsPerSecond()).isZero();
    assertThat(RowJson.format(row))
        .startsWith("{\"system\":\"failing\",\"layout\":\"none\",\"workload\":\"write\"")
        .contains("\"replicas\":3,\"groups\":1,\"outstanding\":2,\"bytes\":10,");
  }

  /** Answers nothing well, on another thread, so that the loop does not call itself. */
  private record Failing() implements Subject {

    @Override
    public String system() {
      return "failing";
    }

    @Override
    public String layout() {
      return "none";
    }

    @Override
    public CompletionStage<?> write(byte[] value) {
      var answer = new CompletableFuture<Long>();
      new Thread(() -> answer.completeExceptionally(new IllegalStateException("no"))).start();
      return answer;
    }

    @Override
    public CompletionStage<?> read(byte[] key, Freshness freshness) {
      return write(key);
    }

    @Override
    public int replicas() {
      return 3;
    }

    @Override
    public int groups() {
      return 1;
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
