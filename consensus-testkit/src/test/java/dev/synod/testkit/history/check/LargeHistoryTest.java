package dev.synod.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Models;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("Large histories are decided in few steps")
class LargeHistoryTest {

  private static final int OPERATIONS = 10_000;
  private static final int CLIENTS = 32;
  private static final int KEYS = 100;

  /** For each key, of some 100 operations. */
  private static final CheckLimits FEW_STEPS = new CheckLimits(100_000, 50_000, 20_000);

  private static final CheckLimits MORE_STEPS = new CheckLimits(1_000_000, 50_000, 20_000);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  private static RandomHistories<String> histories(long seed, int keys) {
    return new RandomHistories<>(Models.keyValue(), Vocabularies.keyValue(keys), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("10,000 operations of 32 clients on 100 keys, one in 50 unknown: linearizable")
  void linearizable(long seed) {
    var history = histories(seed, KEYS).honest(CLIENTS, OPERATIONS, 2);
    assertThat(history.operations()).anyMatch(each -> each.ending() == Ending.UNKNOWN);

    var verdict = LinearizabilityChecker.check(history, Models.keyValue(), FEW_STEPS);

    assertThat(verdict.holds()).as("%s", verdict).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("the same with 300 changed results: broken, with a witness")
  void broken(long seed) {
    var histories = histories(seed, KEYS);
    var history = histories.dishonest(histories.honest(CLIENTS, OPERATIONS, 2), 300);

    var verdict = LinearizabilityChecker.check(history, Models.keyValue(), FEW_STEPS);

    assertThat(verdict.isBroken()).as("%s", verdict).isTrue();
  }

  @ParameterizedTest(name = "unknown: {0} %")
  @ValueSource(ints = {0, 1})
  @DisplayName("2,000 operations of 12 clients on one key")
  void oneKey(int unknownPercent) {
    var history = histories(1, 1).honest(12, 2_000, unknownPercent);

    var verdict = LinearizabilityChecker.check(history, Models.keyValue(), MORE_STEPS);

    assertThat(verdict.holds()).as("%s", verdict).isTrue();
  }

  @Test
  @DisplayName("2,000 operations on one key, a third unknown: decided if the order may be guessed")
  void guessed() {
    var histories = histories(1, 1);
    var history = histories.honest(12, 2_000, 30);

    var alone = LinearizabilityChecker.check(history, Models.keyValue(), FEW_STEPS);
    var told =
        LinearizabilityChecker.check(history, Models.keyValue(), FEW_STEPS, histories.order());

    assertThat(alone).isInstanceOf(Verdict.Undecided.class);
    assertThat(told.holds()).as("%s", told).isTrue();
  }

  @Test
  @DisplayName("10,000 operations of 32 clients on one counter")
  void counter() {
    var histories = new RandomHistories<>(Models.counter(), Vocabularies.counter(20_000), 1);

    var history = histories.honest(CLIENTS, OPERATIONS, 1);
    var verdict = LinearizabilityChecker.check(history, Models.counter(), MORE_STEPS);

    assertThat(verdict.holds()).as("%s", verdict).isTrue();
  }

  @Test
  @DisplayName("2,000 reads and writes of different values are placed on the ladder")
  void ladder() {
    History history =
        new RandomHistories<>(Models.register("0"), Vocabularies.differentValues(), 1)
            .honest(8, 2_000, 1);

    var found = CausalChecker.causal(history, Models.register("0"), CheckLimits.DEFAULT);

    assertThat(found.holds()).as("%s", found).isTrue();
  }
}
