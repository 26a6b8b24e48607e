package dev.synod.testkit.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pekko numbers its actors (the part of a path after #) from {@link ThreadLocalRandom}, and these
 * numbers decide in which order sets of actor references are walked. So this thread's generator is
 * seeded, too. It can't be by any public way; where the JDK refuses, {@link #seed} says so and only
 * such orders stay unseeded.
 */
final class JdkChance {

  private JdkChance() {}

  /** Seeds the calling thread's generator; false if this JDK does not let us. */
  static boolean seed(long seed) {
    ThreadLocalRandom.current();
    try {
      var type = Class.forName("sun.misc.Unsafe");
      Field instance = type.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      var unsafe = instance.get(null);
      Method offsetOf = type.getMethod("objectFieldOffset", Field.class);
      Method putLong = type.getMethod("putLong", Object.class, long.class, long.class);
      var offset = offsetOf.invoke(unsafe, Thread.class.getDeclaredField("threadLocalRandomSeed"));
      putLong.invoke(unsafe, Thread.currentThread(), offset, seed);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
