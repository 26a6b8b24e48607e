package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.LogException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** One way in for bytes, and what must hold whatever they are. */
@FunctionalInterface
interface Decoder {

  /**
   * What a decoder may take beyond a multiple of the message: exception texts, stack traces, lazily
   * made caches.
   */
  long ALLOCATED_EXTRA_MAX = 4L << 20;

  long ALLOCATED_PER_BYTE_MAX = 200;

  /**
   * What the bytes mean.
   *
   * @throws IOException or an IllegalArgumentException or a LogException, to refuse them
   */
  Object decode(byte[] bytes) throws IOException;

  /** Refuses in words, or accepts; true if it accepts. Takes no more memory than it may. */
  default boolean judge(byte[] bytes) {
    long most = ALLOCATED_EXTRA_MAX + ALLOCATED_PER_BYTE_MAX * bytes.length;
    long before = allocated();
    boolean accepted = accepts(bytes);
    if (allocated() - before > most) { // the first time may load classes
      long beforeSecond = allocated();
      accepts(bytes);
      assertThat(allocated() - beforeSecond)
          .as("bytes allocated for %d", bytes.length)
          .isLessThan(most);
    }
    return accepted;
  }

  private boolean accepts(byte[] bytes) {
    try {
      assertThat(decode(bytes)).isNotNull();
      return true;
    } catch (IOException | IllegalArgumentException | LogException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
