package dev.synod.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A nemesis")
class NemesisTest {

  private static final Duration LENGTH = Duration.ofSeconds(100);

  /** With three that vote among eight, two of these lost their disks (seed 4119548724851). */
  @ParameterizedTest(name = "{0}: {2} of {1} vote")
  @CsvSource({"STORM, 8, 3", "STORM, 5, 5", "STORM, 7, 4", "ROT, 8, 3", "ROT, 4, 4"})
  @DisplayName("leaves a majority of those that vote their disks")
  void disks(Profile profile, int nodes, int voters) {
    long most = 0;
    for (long seed = 4119548724851L; seed < 4119548724951L; seed++) {
      var lost = lost(Nemesis.schedule(profile, nodes, voters, LENGTH, seed));

      assertThat(lost).hasSizeLessThanOrEqualTo((voters - 1) / 2);
      most = Math.max(most, lost.size());
    }

    assertThat(most).isEqualTo((voters - 1) / 2);
  }

  private static List<String> lost(Schedule schedule) {
    return schedule.faults().stream()
        .map(TimedFault::fault)
        .filter(fault -> fault instanceof Fault.Wipe || fault instanceof Fault.BitFlip)
        .map(
            fault ->
                fault instanceof Fault.Wipe wipe ? wipe.node() : ((Fault.BitFlip) fault).node())
        .toList();
  }
}
