package dev.synod.testkit.lab.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.check.Verdict;
import dev.synod.testkit.history.model.Models;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A register of three replicas with w + r > n")
class QuorumRegisterTest {

  /** Within how many seeds a violation must be found. */
  private static final int SCHEDULES_MAX = 10_000;

  /** How many seeds must be without one: many more than are needed to find one. */
  private static final int SCHEDULES = 300;

  private static Verdict verdict(History history) {
    return LinearizabilityChecker.check(history, Models.register());
  }

  private static Verdict verdict(long seed, Options options) {
    return verdict(RandomSchedule.of(seed, options));
  }

  @ParameterizedTest(name = "w = {0}, repair {1}")
  @CsvSource({"3, NONE", "2, NONE", "3, ASYNCHRONOUS", "2, ASYNCHRONOUS"})
  @DisplayName("is not linearizable, if readers repair nothing or do so after they have answered")
  void violated(int w, ReadRepair repair) {
    var options = Options.strict(w, 2, repair);

    var violations =
        LongStream.rangeClosed(1, SCHEDULES_MAX)
            .filter(seed -> verdict(seed, options).isBroken())
            .limit(1);

    assertThat(violations).hasSize(1);
  }

  @Tag("slow")
  @ParameterizedTest(name = "w = {0}")
  @ValueSource(ints = {3, 2})
  @DisplayName("is linearizable in all these schedules, if readers write back before they answer")
  void linearizable(int w) {
    var options = Options.strict(w, 2, ReadRepair.SYNCHRONOUS);

    var doubtful =
        LongStream.rangeClosed(1, SCHEDULES).filter(seed -> !verdict(seed, options).holds());

    assertThat(doubtful).isEmpty();
  }

  /** The new value is on n1 only: the writer is cut off from n2 and n3 in the middle of it. */
  private static CompletableFuture<String> writeInProgress(RegisterLab lab) {
    lab.resultOf(lab.write("n6", "old"));
    var write = lab.write("n6", "new");
    lab.untilSends("n6", Replica.Write.class);
    lab.cut("n6", "n2");
    lab.cut("n6", "n3");
    lab.cut("n8", "n3"); // so n8 hears n1 and n2
    lab.cut("n9", "n1"); // and n9 hears n2 and n3
    return write;
  }

  /** Kleppmann, Designing Data-Intensive Applications, figure 9-6. */
  @ParameterizedTest(name = "w = {0}, repair {1}")
  @CsvSource({"3, NONE", "2, NONE", "3, ASYNCHRONOUS", "2, ASYNCHRONOUS"})
  @DisplayName("tells one reader the new value, and then another the old one")
  void newThenOld(int w, ReadRepair repair) {
    var lab = new RegisterLab(1, Options.strict(w, 2, repair));
    var write = writeInProgress(lab);

    var first = lab.resultOf(lab.read("n8"));
    lab.cut("n8", "n2"); // what it repairs in the background comes too late
    var second = lab.resultOf(lab.read("n9"));
    lab.world().network().links().mendAll();

    assertThat(first).isEqualTo("new");
    assertThat(second).isEqualTo("old");
    assertThat(lab.ends(write)).isTrue();
    assertThat(verdict(lab.history()).isBroken()).isTrue();
  }

  @Test
  @DisplayName("lets readers wait who write back to replicas that they can't reach")
  void writeBackWaits() {
    var lab = new RegisterLab(1, Options.strict(3, 2, ReadRepair.SYNCHRONOUS));
    var write = writeInProgress(lab);

    var first = lab.read("n8");
    assertThat(lab.ends(first)).isFalse();
    lab.world().network().links().mendAll();
    var second = lab.read("n9");

    assertThat(lab.resultOf(first)).isEqualTo("new");
    assertThat(lab.resultOf(second)).isEqualTo("new");
    assertThat(lab.ends(write)).isTrue();
    assertThat(verdict(lab.history()).holds()).isTrue();
  }

  @Test
  @DisplayName("with majorities and readers that write back, tells the new value ever after")
  void majoritiesWriteBack() {
    var lab = new RegisterLab(1, Options.strict(2, 2, ReadRepair.SYNCHRONOUS));
    var write = writeInProgress(lab);

    var first = lab.resultOf(lab.read("n8"));
    lab.cut("n8", "n2");
    var second = lab.resultOf(lab.read("n9"));

    assertThat(write).isNotDone();
    assertThat(first).isEqualTo("new");
    assertThat(second).isEqualTo("new");
    assertThat(verdict(lab.history()).holds()).isTrue();
  }
}
