package dev.synod.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A schedule's text")
class ScheduleTextTest {

  private static final List<Fault> ONE_OF_EACH =
      List.of(
          new Fault.Partition("n1,n2 | n2,n3"),
          new Fault.OneWay("n1", "n2"),
          new Fault.Flapping("n1", "n2", Duration.ofMillis(200)),
          new Fault.BadNetwork(
              LinkQuality.WILD,
              new LinkQuality(Duration.ofNanos(1), Duration.ofMillis(3), 4, 5, 6)),
          new Fault.Crash("n1", Tear.NOTHING_KEPT),
          new Fault.CrashInWrite("n2", 3, Tear.ANY_SECTORS_KEPT),
          new Fault.Freeze("n1"),
          new Fault.Wipe("n3"),
          new Fault.OldDisk("n3"),
          new Fault.SlowDisk("n1", Duration.ofMillis(400)),
          new Fault.StuckDisk("n1"),
          new Fault.FullDisk("n2"),
          new Fault.FailedSync("n1", Tear.PREFIX_KEPT),
          new Fault.BitFlip("n2"),
          new Fault.Drift("n1", 1.25),
          new Fault.WallClockJump("n1", Duration.ofHours(-1)));

  static List<Fault> oneOfEach() {
    return ONE_OF_EACH;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oneOfEach")
  @DisplayName("gives every kind of fault back as it was, to the nanosecond")
  void everyKind(Fault fault) {
    var schedule =
        Schedule.of(
            new TimedFault(Duration.ofNanos(1_234_567_891L), Duration.ofNanos(1), fault),
            new TimedFault(Duration.ofHours(3), Duration.ZERO, fault));

    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    assertThat(fault.text()).startsWith(fault.kind());
  }

  @Test
  @DisplayName("is tried with every kind that there is")
  void noKindIsForgotten() {
    assertThat(ONE_OF_EACH.stream().<Object>map(Fault::getClass))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.<Object>asList((Object[]) Fault.class.getPermittedSubclasses()));
  }

  @Test
  @DisplayName("gives whatever is drawn back as it was")
  void drawnSchedules() {
    LongStream.range(0, 100)
        .mapToObj(seed -> Nemesis.schedule(Profile.STORM, 5, Duration.ofMinutes(1), seed))
        .forEach(schedule -> assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule));
  }

  @Test
  @DisplayName("may have remarks and empty lines, and reads well")
  void forPeople() {
    var schedule =
        Schedule.parse(
            """
            # the old leader sleeps
            at 3s for 1.5s   freeze n1

              at 1s for 0.25s partition n1 | n2,n3
            """);

    assertThat(schedule)
        .hasToString("at 1s for 0.25s partition n1 | n2,n3\nat 3s for 1.5s freeze n1");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "crash n1 nothing-kept",
        "at 1 for 1s freeze n1",
        "at 1s for 1s melt n1",
        "at 1s for 1s crash n1",
        "at 1s for 1s crash n1 half-kept",
        "at -1s for 1s freeze n1",
        "at 1s for 1e40s freeze n1",
        "at 0.0000000001s for 1s freeze n1",
        "at 1s for 1s drift n1 fast",
        "at 1s for 1s bad-network good dreadful",
        "at 1s for 1s freeze"
      })
  @DisplayName("that makes no sense is refused, with its line")
  void refused(String line) {
    assertThatThrownBy(() -> Schedule.parse("\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2: ");
  }
}
