package dev.synod.benchmarks.peer;

import dev.synod.core.StateMachine;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The workload's state: a fixed number of registers, each holding the last value written. The first
 * four bytes choose one.
 */
public final class Registers implements StateMachine<byte[], Long, byte[]> {

  public static final int COUNT = 1_000;

  private final byte[][] values = new byte[COUNT][0];
  private long writes;

  @Override
  public Long apply(byte[] command, Context context) {
    return write(command);
  }

  /** Replaces a register; returns how many writes there were. */
  long write(byte[] command) {
    values[Math.floorMod(ByteBuffer.wrap(command).getInt(), COUNT)] = command;
    return ++writes;
  }

  @Override
  public Long query(byte[] query) {
    return (long) values[Math.floorMod(ByteBuffer.wrap(query).getInt(), COUNT)].length;
  }

  @Override
  public byte[] snapshot() {
    int bytes = Long.BYTES;
    for (byte[] value : values) {
      bytes += Integer.BYTES + value.length;
    }
    var buffer = ByteBuffer.allocate(bytes).putLong(writes);
    for (byte[] value : values) {
      buffer.putInt(value.length).put(value);
    }
    return buffer.array();
  }

  @Override
  public void restore(byte[] state) {
    var buffer = ByteBuffer.wrap(state);
    writes = buffer.getLong();
    for (int i = 0; i < COUNT; i++) {
      int length = buffer.getInt();
      values[i] = Arrays.copyOfRange(state, buffer.position(), buffer.position() + length);
      buffer.position(buffer.position() + length);
    }
  }
}
