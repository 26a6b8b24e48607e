package dev.synod.raft.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.raft.rules.Progress.Mode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §5.3: what a leader knows of a follower")
class ProgressTest {

  @Test
  @DisplayName("a probe that was overtaken by an older answer does not keep the window closed")
  void overtakenProbeIsForgotten() {
    var probing = Progress.atElection(StoreId.of(2), 5).sent(9, 0);

    var matched = probing.accepted(4);

    assertThat(matched.mode()).isEqualTo(Mode.REPLICATE);
    assertThat(matched.next()).isEqualTo(5);
    assertThat(matched.appendsInFlight()).isZero();
  }

  @Test
  @DisplayName("in a pipeline an answer counts for the appends that it covers")
  void pipelinedAnswersCountOneByOne() {
    var replicating = Progress.atElection(StoreId.of(2), 5).accepted(4).sent(6, 0).sent(9, 0);

    var answered = replicating.accepted(6);

    assertThat(answered.appendsInFlight()).isEqualTo(1);
    assertThat(answered.next()).isEqualTo(10);
  }
}
