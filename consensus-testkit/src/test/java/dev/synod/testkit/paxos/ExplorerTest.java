package dev.synod.testkit.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two proposers, in every state that they can come to,")
class ExplorerTest {

  private static void explored(Setting setting, int states) {
    var report = new Explorer(setting).run();

    assertThat(report.broken()).isEmpty();
    assertThat(report.states()).isEqualTo(states);
  }

  @Test
  @DisplayName("agree, with three acceptors and two ballots each")
  void three() {
    explored(Setting.THREE, 942_173);
  }

  @Test
  @DisplayName("agree, when one of them hears promises of a ballot that it gave up")
  void late() {
    explored(Setting.LATE, 139_131);
  }

  @Test
  @DisplayName("agree, when acceptors crash and lose what was not durable")
  void crashing() {
    explored(Setting.CRASHING, 89_578);
  }

  @Test
  @DisplayName("agree, when one of them forgets what it wanted and wants something else")
  void forgetting() {
    explored(Setting.FORGETTING, 32_676);
  }

  @Test
  @DisplayName("agree, when all acceptors promise and any one accepts")
  void threeAndOne() {
    explored(Setting.flexible(3, 3, 1), 21_715);
  }

  @Test
  @DisplayName("agree, when three of four promise and two accept")
  void threeAndTwoOfFour() {
    explored(Setting.flexible(4, 3, 2), 533_487);
  }

  @Test
  @DisplayName("are not asked to agree by quorums of the two phases that have nobody in common")
  void twoAndTwoOfFour() {
    assertThatThrownBy(() -> new Explorer(Setting.flexible(4, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must share an acceptor");
  }
}
