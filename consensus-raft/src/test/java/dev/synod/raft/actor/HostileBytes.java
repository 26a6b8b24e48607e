package dev.synod.raft.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages good messages in every way a seed can think of, and sees that a decoder refuses or
 * accepts them, and no more.
 */
final class HostileBytes {

  /**
   * What a decoder may take beyond a multiple of the message: exception texts, stack traces, lazily
   * made caches.
   */
  private static final long ALLOCATED_EXTRA_MAX = 4L << 20;

  private static final long ALLOCATED_PER_BYTE_MAX = 200;

  private HostileBytes() {}

  /** As a serializer decodes. */
  interface Decoder {
    Object decode(byte[] bytes) throws NotSerializableException;
  }

  static void attack(byte[] good, long seed, int rounds, Decoder decoder) {
    var random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      byte[] bad = damaged(good, random);
      long before = allocated();
      try {
        assertThat(decoder.decode(bad)).isNotNull();
      } catch (NotSerializableException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      assertThat(allocated() - before)
          .as("bytes allocated for a message of %d, seed %d, round %d", bad.length, seed, round)
          .isLessThan(ALLOCATED_EXTRA_MAX + ALLOCATED_PER_BYTE_MAX * bad.length);
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> flip(bytes, random);
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
      default -> hugeNumber(bytes, random);
    }
    return bytes;
  }

  private static void flip(byte[] bytes, Random random) {
    for (int i = 0; i <= random.nextInt(8) && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** A length, count, index or id that is far too large, or negative. */
  private static void hugeNumber(byte[] bytes, Random random) {
    if (bytes.length >= Integer.BYTES) {
      int at = random.nextInt(bytes.length - Integer.BYTES + 1);
      int number = random.nextBoolean() ? Integer.MAX_VALUE - random.nextInt(9) : random.nextInt();
      ByteBuffer.wrap(bytes).putInt(at, number);
    }
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
