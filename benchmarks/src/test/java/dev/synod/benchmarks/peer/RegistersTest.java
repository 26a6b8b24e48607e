package dev.synod.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StateMachine;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The workload's state")
class RegistersTest {

  @Test
  @DisplayName("comes back whole from a snapshot")
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
}
