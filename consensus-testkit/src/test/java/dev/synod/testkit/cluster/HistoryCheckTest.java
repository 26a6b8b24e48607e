package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StateMachine;
import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.history.check.Guess;
import dev.synod.testkit.invariant.Watch;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The history of a simulated group")
class HistoryCheckTest {

  private final AtomicLong time = new AtomicLong();
  private final HistoryRecorder recorder = new HistoryRecorder(time::incrementAndGet);
  private final Watch watch = new Watch(List.of("n1"), List.of(), time::get);

  private List<String> check() {
    return HistoryCheck.check(recorder.history(), watch, Guess.NONE);
  }

  private String broken() {
    assertThat(check()).isEmpty();
    return watch.violation().orElseThrow().toString();
  }

  @Test
  @DisplayName("passes if every promise is kept")
  void passes() {
    recorder.invoke("n1/1", "write", "r1", "a").ok();
    recorder.invoke("n1/1", "read", "r1").ok("a");
    recorder.invoke("n1/1", "add", "c1", 3).ok(3);
    recorder.invoke("n1/2", "cas", "k1", Call.NIL, "b").unknown("timeout");
    recorder.invoke("n1/3", "get", "k1").ok("b");
    recorder.invoke("n1/1", "write", "s1", "c").ok();
    recorder.invoke("n1/2", "read", "s1").ok(Call.NIL);

    assertThat(check()).isEmpty();
    assertThat(watch.violation()).isEmpty();
  }

  @Test
  @DisplayName("is a violation, with its witness, if an acknowledged write is lost")
  void lostWrite() {
    recorder.invoke("n1/1", "put", "k1", "a").ok();
    recorder.invoke("n1/2", "get", "k1").ok(Call.NIL);

    assertThat(broken()).contains("the history is linearizable", "part k1", "put k1 a");
  }

  @Test
  @DisplayName("is a violation if a counter counted twice")
  void countedTwice() {
    recorder.invoke("n1/1", "add", "c1", 2).ok(2);
    recorder.invoke("n1/1", "get", "c1").ok(4);

    assertThat(broken()).contains("the history is linearizable", "part c1");
  }

  @Test
  @DisplayName("is a violation if a client does not see what it knows")
  void sessionForgets() {
    recorder.invoke("n1/1", "write", "s1", "a").ok();
    recorder.invoke("n1/1", "read", "s1").ok(Call.NIL);

    assertThat(broken()).contains("the guarantees of sessions", "read your writes");
  }

  @Test
  @DisplayName("is undecided, and says so, where the check cannot tell")
  void undecided() {
    recorder.invoke("n1/1", "write", "s1", "a").ok();
    recorder.invoke("n1/2", "write", "s1", "a").ok();

    assertThat(check()).singleElement().asString().contains("written twice");
    assertThat(watch.violation()).isEmpty();
  }

  private static StateMachine.Context at(long index) {
    return new StateMachine.Context() {
      @Override
      public long index() {
        return index;
      }

      @Override
      public long session() {
        return 1;
      }
    };
  }

  @Test
  @DisplayName("comes from a state machine whose snapshot holds all that it answers from")
  void snapshotIsWhole() {
    var journal = new Journal("n1", watch);
    journal.apply("n1-1 put k1 a", at(7));
    journal.apply("n1-2 add c1 4", at(8));

    var restored = new Journal("n1", watch);
    restored.restore(journal.snapshot());

    assertThat(restored.query("n1-3 get k1")).isEqualTo("8 a");
    assertThat(restored.query("n1-4 get c1")).isEqualTo("8 4");
    assertThat(restored.query("n1-5 read r1")).isEqualTo("8 nil");
    assertThat(restored.snapshot()).isEqualTo(journal.snapshot());
    assertThat(restored.apply("n1-6 cas k1 b c", at(9))).isEqualTo("false");
  }
}
