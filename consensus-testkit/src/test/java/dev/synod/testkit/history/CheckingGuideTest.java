package dev.synod.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.check.ConsistencyClassifier;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.check.SessionChecker;
import dev.synod.testkit.history.model.Model;
import dev.synod.testkit.history.model.Models;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The user guide's page on checking says what is so")
class CheckingGuideTest {

  private final AtomicLong time = new AtomicLong();
  private final LongSupplier clock = time::incrementAndGet;

  @Test
  @DisplayName("record, check, print")
  void recordAndCheck() {
    // snippet: record
    var recorder = new HistoryRecorder(clock);
    var write = recorder.invoke("c1", "write", "x", 4);
    write.ok(); // or write.rejected("busy"), write.unknown("timeout"), write.end(outcome)
    recorder.invoke("c2", "read", "x").ok(4);
    History history = recorder.history();
    // end snippet

    // snippet: check
    var verdict = LinearizabilityChecker.check(history, Models.keyValue());
    assertThat(verdict.holds()).as("%s%n%s", verdict, history).isTrue();
    // end snippet
  }

  @Test
  @DisplayName("ladder and sessions")
  void ladder() {
    var recorder = new HistoryRecorder(clock);
    recorder.invoke("c1", "write", "x", 4).ok();
    var history = recorder.history();

    // snippet: ladder
    var found = ConsistencyClassifier.classify(history, Models.register("0"));
    assertThat(found.level()).as("%s", found).isPresent();
    assertThat(SessionChecker.check(history, Models.register("0")).holds()).isTrue();
    // end snippet
  }

  // snippet: model
  /** A number that only rises: {@code raise n} returns the new one. */
  static final class Highest implements Model<Long> {

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public Optional<Long> step(Long state, Call call, Optional<String> result) {
      long after = Math.max(state, call.number(0));
      return Model.expecting(Long.toString(after), result, after);
    }
  }

  // end snippet

  @Test
  @DisplayName("an own model takes two methods")
  void ownModel() {
    var recorder = new HistoryRecorder(clock);
    recorder.invoke("c1", "raise", "", 5).ok(5);
    recorder.invoke("c2", "raise", "", 3).ok(5);
    assertThat(LinearizabilityChecker.check(recorder.history(), new Highest()).holds()).isTrue();

    recorder.invoke("c2", "raise", "", 4).ok(4);
    assertThat(LinearizabilityChecker.check(recorder.history(), new Highest()).isBroken()).isTrue();
  }
}
