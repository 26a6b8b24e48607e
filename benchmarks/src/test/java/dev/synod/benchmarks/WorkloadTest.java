package dev.synod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StateMachine;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The workload")
class WorkloadTest {

  @Test
  @DisplayName("has a state which a snapshot brings back whole")
  void snapshotAndRestore() {
    var registers = new Registers();
    registers.apply(value(7, 100), new At(1));
    registers.apply(value(8, 20), new At(2));
    var restored = new Registers();

    restored.restore(registers.snapshot());

    assertThat(restored.query(value(7, 4))).isEqualTo(100);
    assertThat(restored.query(value(8, 4))).isEqualTo(20);
    assertThat(restored.query(value(9, 4))).isZero();
    assertThat(restored.apply(value(9, 4), new At(3))).isEqualTo(3);
  }

  @Test
  @DisplayName("counts what failed apart from what was answered")
  void failuresAreCounted() throws InterruptedException {
    var row = new ClosedLoop(new Failing(), new Workload(2, 10, false, 0, 0)).run(1);

    assertThat(row.opsPerSecond()).isZero();
    assertThat(row.toJson())
        .startsWith("{\"system\":\"failing\",\"layout\":\"none\",\"workload\":\"write\"")
        .contains("\"outstanding\":2,\"bytes\":10,");
  }

  private static byte[] value(int register, int bytes) {
    byte[] value = new byte[bytes];
    ByteBuffer.wrap(value).putInt(register);
    return value;
  }

  private record At(long index) implements StateMachine.Context {
    @Override
    public long session() {
      return 1;
    }
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
    public CompletionStage<?> read(byte[] key) {
      return write(key);
    }

    @Override
    public long cpuNanos() {
      return 0;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
