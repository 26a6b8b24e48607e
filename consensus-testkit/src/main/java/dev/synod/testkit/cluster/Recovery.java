package dev.synod.testkit.cluster;

import java.time.Duration;

/**
 * Within what time a group must be well again once nothing is wrong any more: a sum of delays, each
 * with its reason.
 *
 * @param meeting the longest pause before a member that was not met is greeted again
 * @param noticing the longest wait for a leader
 * @param electing split votes: each round waits that long again
 * @param asking the longest pause of a client that was refused, and a try that is lost to a dead
 *     leader
 * @param catchingUp what is missing travels in several rounds
 */
public record Recovery(
    Duration meeting, Duration noticing, Duration electing, Duration asking, Duration catchingUp) {

  private static final int ROUNDS = 5;

  /** Raft with the settings that it comes with. */
  public static Recovery raft() {
    return raft(Duration.ofMillis(600));
  }

  /** Raft with that longest election timeout. */
  public static Recovery raft(Duration electionTimeoutMax) {
    return new Recovery(
        Duration.ofSeconds(30),
        electionTimeoutMax,
        electionTimeoutMax.multipliedBy(ROUNDS),
        Duration.ofMillis(640).plus(Duration.ofSeconds(2)),
        Duration.ofSeconds(2));
  }

  public Duration total() {
    return meeting.plus(noticing).plus(electing).plus(asking).plus(catchingUp);
  }
}
