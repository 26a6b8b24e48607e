package dev.synod.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.wire.TypeCodec;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages good bytes and sees what a decoder makes of them: it refuses them in words, or they are
 * the one encoding of what it has read; and it takes no more memory than their length explains.
 */
public final class HostileBytes {

  private static final int ROUNDS = 200;
  private static final int DAMAGES_MAX = 3;

  /** What a decoder may take beyond a multiple of the bytes: exceptions, their texts, caches. */
  private static final long ALLOCATED_EXTRA_MAX = 4L << 20;

  private static final long ALLOCATED_PER_BYTE_MAX = 400;

  private static final long[] HUGE = {
    0x7F,
    0x80,
    Short.MAX_VALUE,
    Integer.MAX_VALUE - 1,
    Integer.MAX_VALUE,
    1L << 31,
    1L << 32,
    Long.MAX_VALUE / 4,
    Long.MAX_VALUE / 4 + 1,
    Long.MAX_VALUE / 2,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  /** Reads bytes, and writes again what it has read. */
  @FunctionalInterface
  public interface Again {
    byte[] apply(byte[] bytes) throws Exception;
  }

  private HostileBytes() {}

  /** The same for a type, so many times as there is time for in each build. */
  static <T> void attack(byte[] good, Random random, TypeCodec<T> codec) {
    attack(
        good,
        random,
        ROUNDS,
        IllegalArgumentException.class,
        bad -> codec.encode(codec.decode(Bytes.wrap(bad))).toArray());
  }

  /**
   * Damages them so many times.
   *
   * @param refusal the one exception by which bytes may be refused
   */
  public static void attack(
      byte[] good, Random random, int rounds, Class<? extends Exception> refusal, Again again) {
    assertThat(accepted(good, refusal, again)).as("good bytes are read").isTrue();
    for (int round = 0; round < rounds; round++) {
      byte[] bad = damaged(good, random);
      long before = allocated();
      accepted(bad, refusal, again);
      long most = ALLOCATED_EXTRA_MAX + ALLOCATED_PER_BYTE_MAX * bad.length;
      assertThat(allocated() - before).as("bytes allocated").isLessThan(most);
    }
  }

  private static boolean accepted(byte[] bytes, Class<? extends Exception> refusal, Again again) {
    byte[] written;
    try {
      written = again.apply(bytes.clone());
    } catch (Exception e) {
      if (!refusal.isInstance(e)) {
        throw new AssertionError("%s at %s".formatted(e, Arrays.toString(bytes)), e);
      }
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
    assertThat(written).isEqualTo(bytes);
    return true;
  }

  /** The bytes with some of the damages that there are. */
  public static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good;
    for (int i = 1 + random.nextInt(DAMAGES_MAX); i > 0; i--) {
      bytes = bytes.length == 0 ? new byte[random.nextInt(4)] : damagedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damagedOnce(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int at = random.nextInt(bytes.length);
    int end = at + 1 + random.nextInt(Math.min(bytes.length - at, 24));
    switch (random.nextInt(10)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
      case 3 -> // a number of up to 63 bits
          Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte) 0xFF);
      case 4 -> bytes = spliced(good, end, Arrays.copyOfRange(good, at, end), end); // doubled
      case 5 -> bytes = spliced(good, at, new byte[0], end);
      case 6 -> bytes[at] = 0;
      case 7 -> bytes = spliced(good, at, new byte[] {(byte) (good[at] | 0x80), 0}, at + 1);
      case 8 -> bytes = spliced(good, at, number(HUGE[random.nextInt(HUGE.length)]), at + 1);
      default -> bytes = fixed(bytes, at, HUGE[random.nextInt(HUGE.length)], random);
    }
    return bytes;
  }

  /** What is before one place, these bytes, and what is from another place on. */
  private static byte[] spliced(byte[] bytes, int upTo, byte[] middle, int from) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, upTo);
    out.writeBytes(middle);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }

  /** Seven bits a byte, the lowest first. */
  private static byte[] number(long value) {
    var out = new ByteArrayOutputStream();
    for (long rest = value; ; rest >>>= 7) {
      out.write((int) (rest > 0x7F ? rest | 0x80 : rest));
      if (rest <= 0x7F) {
        return out.toByteArray();
      }
    }
  }

  /** A length, count or id of two, four or eight bytes that is huge, or negative. */
  private static byte[] fixed(byte[] bytes, int at, long huge, Random random) {
    int length = 2 << random.nextInt(3);
    if (length <= bytes.length - at) {
      long number = random.nextBoolean() ? huge : -huge;
      byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
      System.arraycopy(eight, Long.BYTES - length, bytes, at, length);
    }
    return bytes;
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
