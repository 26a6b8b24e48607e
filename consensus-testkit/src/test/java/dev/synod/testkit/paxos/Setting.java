package dev.synod.testkit.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What an exploration is of: two proposers, s1 that wants "red" and s2 that wants "blue".
 *
 * @param acceptors how many
 * @param prepare how many make a quorum of phase 1
 * @param accept how many make a quorum of phase 2
 * @param ballots how many each of the proposers may use
 * @param crashes whether acceptors lose what was not durable, at any time
 * @param restarts how often the first proposer may lose its memory
 * @param lateAnswers whether promises of a ballot that was given up are still heard
 */
record Setting(
    int acceptors,
    int prepare,
    int accept,
    List<Integer> ballots,
    boolean crashes,
    int restarts,
    boolean lateAnswers) {

  static final List<String> WANTED = List.of("red", "blue");

  /** What a proposer wants that has forgotten what it wanted. */
  static final String OTHER = "other";

  /** Majorities of three, two ballots each. */
  static final Setting THREE = new Setting(3, 2, 2, List.of(2, 2), false, 0, false);

  /** One of the proposers has one ballot; the other hears late promises. */
  static final Setting LATE = new Setting(3, 2, 2, List.of(2, 1), false, 0, true);

  /** With crashes, and one ballot each. */
  static final Setting CRASHING = new Setting(3, 2, 2, List.of(1, 1), true, 0, false);

  /** The first proposer forgets everything but its reserved rounds, once. */
  static final Setting FORGETTING = new Setting(3, 2, 2, List.of(1, 1), false, 1, false);

  static Setting flexible(int acceptors, int prepare, int accept) {
    return new Setting(acceptors, prepare, accept, List.of(2, 1), false, 0, false);
  }

  Quorums quorums() {
    return Quorums.of(
        LongStream.rangeClosed(1, acceptors).mapToObj(StoreId::of).toList(), prepare, accept);
  }
}
