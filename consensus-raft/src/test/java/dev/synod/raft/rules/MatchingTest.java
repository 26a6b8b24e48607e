package dev.synod.raft.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import dev.synod.raft.ListLog;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The place where two logs may match, fast against dumb")
class MatchingTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("lastPossibleMatch skips whole terms and finds what a linear search finds")
  void lastPossibleMatch(long seed) {
    var random = new Random(seed);
    var log = randomLog(random);
    for (long index = log.base().index(); index <= log.last().index() + 3; index++) {
      for (long term = 0; term <= 8; term++) {
        var limit = new LogPosition(index, new Term(term));

        assertThat(Matching.lastPossibleMatch(log, limit)).isEqualTo(searched(log, limit));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("every exchange of hints skips a term or more, and ends where two logs match")
  void hintsFindTheMatch(long seed) {
    var random = new Random(seed);
    var shared = random.nextInt(6);
    var leader = continued(shared, random);
    var follower = continued(shared, random);
    long previous = leader.last().index();
    long refusals = 0;

    while (!Matching.holds(follower, new LogPosition(previous, leader.termAt(previous)))) {
      var before = new LogPosition(previous - 1, leader.termAt(previous));
      var hint = Matching.lastPossibleMatch(follower, before);
      previous = Matching.lastPossibleMatch(leader, hint).index();
      refusals++;
    }

    assertThat(refusals).isLessThanOrEqualTo(terms(leader));
    assertThat(leader.termAt(previous)).isEqualTo(follower.termAt(previous));
  }

  private static LogPosition searched(LogView log, LogPosition limit) {
    for (long index = Math.min(limit.index(), log.last().index());
        index > log.base().index();
        index--) {
      if (!log.termAt(index).isAfter(limit.term())) {
        return new LogPosition(index, log.termAt(index));
      }
    }
    return log.base();
  }

  /** A log whose first entries are of term 1, and whose others only rise in term. */
  private static ListLog continued(int shared, Random random) {
    var terms = new long[shared + random.nextInt(12)];
    long term = 1;
    for (int i = 0; i < terms.length; i++) {
      terms[i] = i < shared ? 1 : (term += random.nextInt(3) / 2);
    }
    return ListLog.of(terms);
  }

  private static ListLog randomLog(Random random) {
    var terms = new long[random.nextInt(12)];
    long term = 1L + random.nextInt(3);
    var base = new LogPosition(random.nextInt(5), new Term(term));
    for (int i = 0; i < terms.length; i++) {
      term += random.nextInt(3) / 2;
      terms[i] = term;
    }
    return random.nextBoolean() ? ListLog.of(terms) : ListLog.after(base, terms);
  }

  private static long terms(ListLog log) {
    return log.terms().stream().distinct().count();
  }
}
