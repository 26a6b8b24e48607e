package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.wire.TypeCodec;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Damages good bytes and sees what a decoder makes of them. */
final class HostileBytes {

  private static final int ROUNDS = 200;
  private static final long ALLOCATED_MAX = 4L << 20;

  private HostileBytes() {}

  /** What is refused is refused in words; what is accepted is what exactly these bytes say. */
  static <T> void attack(byte[] good, Random random, TypeCodec<T> codec) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = damaged(good, random);
      long before = allocated();
      try {
        var read = codec.decode(Bytes.wrap(bad));
        assertThat(codec.encode(read)).isEqualTo(Bytes.wrap(bad));
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      assertThat(allocated() - before).as("bytes allocated").isLessThan(ALLOCATED_MAX);
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
      default -> { // a number of up to 63 bits
        int at = random.nextInt(bytes.length);
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte) 0xFF);
      }
    }
    return bytes;
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
