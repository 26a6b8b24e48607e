package dev.synod.testkit.lab.livelock;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a refused proposer waits before it asks again. */
@FunctionalInterface
interface BackOff {

  int DOUBLINGS_MAX = 6;

  /**
   * The next pause.
   *
   * @param refusals so far, 1 or more
   */
  Duration pause(int refusals, RandomGenerator random);

  /** Always as long. */
  static BackOff fixed(Duration pause) {
    return (refusals, random) -> pause;
  }

  /** Up to so long, drawn; the bound doubles with each refusal, up to 64 times as long. */
  static BackOff random(Duration pause) {
    return (refusals, random) -> {
      long bound = pause.toNanos() << Math.min(refusals, DOUBLINGS_MAX);
      return Duration.ofNanos(random.nextLong(bound));
    };
  }
}
