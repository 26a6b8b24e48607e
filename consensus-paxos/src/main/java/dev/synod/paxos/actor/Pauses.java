package dev.synod.paxos.actor;

import dev.synod.paxos.PaxosSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a refused proposer waits (§2.4: so that one of several finishes): anything from nothing
 * to a bound that doubles with each attempt, so that those who duel do not stay in step.
 */
record Pauses(PaxosSettings settings, RandomGenerator random) {

  private static final int DOUBLINGS_MAX = 20;

  /**
   * The next pause.
   *
   * @param attempt which failed, from 1
   */
  Duration after(int attempt) {
    int doublings = Math.min(DOUBLINGS_MAX, attempt - 1);
    long max = settings.backoffMax().toNanos();
    long min = settings.backoffMin().toNanos();
    long bound = min > max >> doublings ? max : min << doublings;
    return Duration.ofNanos(1 + random.nextLong(bound));
  }
}
