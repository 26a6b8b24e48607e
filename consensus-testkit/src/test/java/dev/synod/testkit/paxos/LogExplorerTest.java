package dev.synod.testkit.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.paxos.LogExplorer.Instance;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Three replicas of a log, two of which propose, in every state that they can come to,")
class LogExplorerTest {

  private static void explored(Instance instance, int states) {
    var report = new LogExplorer(instance).run();

    assertThat(report.broken()).isEmpty();
    assertThat(report.states()).isEqualTo(states);
  }

  @Test
  @DisplayName("agree, and learn only what is chosen, with a ballot each and one slot")
  void learning() {
    explored(LogExplorer.LEARNING, 27_221);
  }

  @Test
  @DisplayName("agree, with a ballot each and two slots, of which one of them wants the first only")
  void twoSlots() {
    explored(new Instance(List.of(1, 1, 0), List.of(1, 2, 0), false), 591_021);
  }

  @Test
  @Tag("nightly")
  @DisplayName("agree, with a ballot each and two slots")
  void twoSlotsEach() {
    explored(new Instance(List.of(1, 1, 0), List.of(2, 2, 0), false), 1_976_961);
  }

  @Test
  @Tag("nightly")
  @DisplayName("agree, and learn only what is chosen, with three ballots and one slot")
  void threeBallots() {
    explored(new Instance(List.of(2, 1, 0), List.of(1, 1, 0), true), 367_912);
  }
}
