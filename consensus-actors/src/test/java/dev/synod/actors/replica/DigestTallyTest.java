package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.replica.DigestTally.Verdict.Agreed;
import dev.synod.actors.replica.DigestTally.Verdict.Open;
import dev.synod.actors.replica.DigestTally.Verdict.Split;
import dev.synod.core.JointQuorum;
import dev.synod.core.Majority;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of replicas that are compared")
class DigestTallyTest {

  private static final StoreId S1 = StoreId.of(1);
  private static final StoreId S2 = StoreId.of(2);
  private static final StoreId S3 = StoreId.of(3);
  private static final StoreId S4 = StoreId.of(4);
  private static final Quorum THREE = Majority.of(List.of(S1, S2, S3));

  private final DigestTally tally = new DigestTally();

  @Test
  @DisplayName("nobody is judged before a majority agrees")
  void open() {
    tally.answered(S1, 7);
    assertThat(verdict()).isEqualTo(new Open());
    tally.answered(S2, 8);
    assertThat(verdict()).isEqualTo(new Open());
  }

  @Test
  @DisplayName("those are right with whom a majority agrees, the leader or not")
  void majority() {
    tally.answered(S1, 7);
    tally.answered(S2, 8);
    tally.answered(S3, 8);

    assertThat(verdict()).isEqualTo(new Agreed(8, Set.of(S1)));
  }

  @Test
  @DisplayName("none is judged for its silence")
  void silence() {
    tally.answered(S1, 7);
    tally.answered(S2, 7);

    assertThat(verdict()).isEqualTo(new Agreed(7, Set.of()));
  }

  @Test
  @DisplayName("a learner counts for nothing, and may have diverged")
  void learner() {
    tally.answered(S1, 7);
    tally.answered(S4, 8);
    assertThat(tally.verdict(THREE, List.of(S1, S2, S3, S4))).isEqualTo(new Open());

    tally.answered(S2, 7);

    assertThat(tally.verdict(THREE, List.of(S1, S2, S3, S4))).isEqualTo(new Agreed(7, Set.of(S4)));
  }

  @Test
  @DisplayName("during a change both majorities must agree")
  void joint() {
    var joint = new JointQuorum(Majority.of(List.of(S4)), THREE);
    tally.answered(S1, 7);
    tally.answered(S2, 7);
    tally.answered(S3, 7);
    assertThat(tally.verdict(joint, List.of(S1, S2, S3, S4))).isEqualTo(new Open());

    tally.answered(S4, 8);

    assertThat(tally.verdict(joint, List.of(S1, S2, S3, S4))).isEqualTo(new Split());
  }

  @Test
  @DisplayName("nobody can tell who is right if all differ")
  void split() {
    tally.answered(S1, 7);
    tally.answered(S2, 8);
    tally.answered(S3, 9);

    assertThat(verdict()).isEqualTo(new Split());
  }

  private DigestTally.Verdict verdict() {
    return tally.verdict(THREE, List.of(S1, S2, S3));
  }
}
