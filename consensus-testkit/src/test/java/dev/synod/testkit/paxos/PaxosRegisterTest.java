package dev.synod.testkit.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
    "A register of Paxos, used by three clients, under a fifth of messages lost and crashes,")
class PaxosRegisterTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 8, 9, 10, 11})
  @DisplayName("is linearizable, and of use")
  void linearizable(long seed) {
    var world = new RegisterWorld(seed);
    var history = world.run(RegisterRun.LENGTH);

    assertThat(LinearizabilityChecker.check(history, Models.register()))
        .matches(verdict -> verdict.holds());
    assertThat(world.brokenPromise()).isEmpty();
    assertThat(RegisterWorld.count(history, Ending.OK)).isGreaterThan(100);
    assertThat(RegisterWorld.count(history, Ending.UNKNOWN)).isPositive();
  }
}
