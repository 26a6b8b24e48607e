package dev.synod.testkit.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Damages good bytes in every way a seed can think of. */
final class HostileBytes {

  private HostileBytes() {}

  /** Sees that the decoder refuses or accepts what becomes of them, and no more. */
  static void attack(byte[] good, long seed, int rounds, Decoder decoder) {
    var random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      byte[] bad = damaged(good, random);
      try {
        decoder.judge(bad);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed %d, round %d: %s".formatted(seed, round, e), e);
      }
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
}
