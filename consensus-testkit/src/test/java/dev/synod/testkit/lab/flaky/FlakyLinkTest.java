package dev.synod.testkit.lab.flaky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("One bad link in a group of three")
class FlakyLinkTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  /** The two don't hear each other; the third hears both. */
  private static List<Fault> bridge(String leader, String other) {
    var third = "n" + (6 - number(leader) - number(other));
    return List.of(new Fault.Partition("%s,%s | %s,%s".formatted(leader, third, third, other)));
  }

  /** The other is heard by all, and hears nobody. */
  private static List<Fault> deaf(String leader, String other) {
    var third = "n" + (6 - number(leader) - number(other));
    return List.of(new Fault.OneWay(leader, other), new Fault.OneWay(third, other));
  }

  private static int number(String node) {
    return Integer.parseInt(node.substring(1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("sends the leadership to and fro if nobody asks first")
  void pingPong(long seed) {
    var leaders = Election.withBadLink(seed, false);

    assertThat(leaders).hasSizeGreaterThan(100);
    for (int i = 0; i < leaders.size(); i++) {
      assertThat(leaders.get(i)).isEqualTo(i % 2 == 0 ? "n2" : "n1");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("changes nothing if electors ask first")
  void preVote(long seed) {
    assertThat(Election.withBadLink(seed, true)).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("deposes the leader of Raft without pre-vote, until the third server happens to win")
  void naiveRaftIsDeposed(long seed) {
    var minute = Reign.of(seed, NaiveRaft.protocol(), FlakyLinkTest::bridge);

    assertThat(minute.changes()).isPositive();
  }

  @Tag("slow")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("leaves Synod's leader where it is, and writes go on")
  void synodStays(long seed) {
    var bridged = Reign.of(seed, Raft.protocol(), FlakyLinkTest::bridge);
    var deaf = Reign.of(seed, Raft.protocol(), FlakyLinkTest::deaf);

    assertThat(bridged.changes()).isZero();
    assertThat(deaf.changes()).isZero();
    assertThat(bridged.writes()).isGreaterThan(200);
    assertThat(deaf.writes()).isGreaterThan(200);
  }

  @Tag("slow")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("changes Synod's leader at most once if it is bad one way, or comes and goes")
  void synodChangesOnceAtMost(long seed) {
    var unheard = Reign.of(seed, Raft.protocol(), (leader, other) -> oneWay(leader, other));
    var unhearing = Reign.of(seed, Raft.protocol(), (leader, other) -> oneWay(other, leader));
    var flapping =
        Reign.of(
            seed,
            Raft.protocol(),
            (leader, other) -> List.of(new Fault.Flapping(leader, other, Duration.ofMillis(700))));

    assertThat(List.of(unheard, unhearing, flapping))
        .allMatch(minute -> minute.changes() <= 1 && minute.writes() > 200);
  }

  private static List<Fault> oneWay(String from, String to) {
    return List.of(new Fault.OneWay(from, to));
  }
}
