package dev.synod.testkit.lab.threephase;

import static dev.synod.testkit.lab.threephase.Decision.ABORT;
import static dev.synod.testkit.lab.threephase.Decision.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.raft.Raft;
import dev.synod.testkit.Total;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.lab.LabWorld;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Three-phase commit")
class ThreePhaseCommitTest {

  private static final String NOBODY = "";

  @Test
  @DisplayName("commits if all say yes, and aborts if one says no")
  void calm() {
    var agreed = new Transaction(OnSilence.ASK_THE_OTHERS, NOBODY);
    agreed.begin();
    var refused = new Transaction(OnSilence.ASK_THE_OTHERS, "n3");
    refused.begin();

    assertThat(agreed.finish()).hasSize(4).containsValue(COMMIT).doesNotContainValue(ABORT);
    assertThat(refused.finish()).hasSize(4).containsValue(ABORT).doesNotContainValue(COMMIT);
  }

  @ParameterizedTest(name = "after {0} messages")
  @ValueSource(ints = {3, 4, 5, 6, 7, 8})
  @DisplayName("blocks nobody, and all decide alike, wherever the coordinator dies")
  void coordinatorDies(int messages) {
    var transaction = new Transaction(OnSilence.ASK_THE_OTHERS, NOBODY);

    transaction.beginAndCrashAfter(messages);

    var decisions = transaction.finish();
    assertThat(decisions).containsOnlyKeys("n2", "n3", "n4");
    assertThat(decisions.values()).containsOnly(messages == 3 ? ABORT : COMMIT);
  }

  @Test
  @DisplayName("with time-outs alone diverges even then: the coordinator dies among its messages")
  void timeoutsAlone() {
    var transaction = new Transaction(OnSilence.DECIDE_ALONE, NOBODY);

    transaction.beginAndCrashAfter(4);

    assertThat(transaction.finish()).isEqualTo(Map.of("n2", COMMIT, "n3", ABORT, "n4", ABORT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("diverges if a partition swallows the abort: one side commits what the other aborts")
  void partition(boolean asksOthers) {
    var transaction =
        new Transaction(asksOthers ? OnSilence.ASK_THE_OTHERS : OnSilence.DECIDE_ALONE, NOBODY);
    transaction.begin();
    transaction.runUntil(() -> transaction.isPrepared("n2"));

    new Fault.Partition("n1,n3,n4 | n2").begin(transaction.world());

    assertThat(transaction.finish())
        .isEqualTo(Map.of("n1", ABORT, "n2", COMMIT, "n3", ABORT, "n4", ABORT));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("is no part of Synod, whose smaller side decides nothing while it is cut off")
  void synodDecidesOnce(long seed) {
    var synod = LabWorld.synod(seed, 4);
    var total = synod.start("total", Total::new, Raft.protocol());
    total.ask("n1", 0L);

    synod.partition("n1,n3,n4 | n2");
    var alone = total.on("n2").propose(1L).toCompletableFuture();
    long majority = total.ask("n1", 10L);
    synod.advance(Duration.ofSeconds(30));

    assertThat(majority).isEqualTo(10);
    assertThat(alone).isCompletedWithValueMatching(answer -> !(answer instanceof Outcome.Ok));

    synod.heal();
    long everywhere = total.ask("n2", 0L);
    assertThat(everywhere).isIn(10L, 11L).isEqualTo(total.ask("n1", 0L));
  }
}
