package dev.synod.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.history.model.Models;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict is honest and says why")
class VerdictTest {

  private final AtomicLong time = new AtomicLong();
  private final HistoryRecorder recorder = new HistoryRecorder(time::incrementAndGet);

  private static History literature(String name) {
    return History.parse(LiteratureTest.text(name));
  }

  @Test
  @DisplayName("the witness names the shortest prefix, the longest order, and what does not fit")
  void witnessIsReadable() {
    var verdict =
        LinearizabilityChecker.check(literature("register-new-then-old"), Models.register());

    assertThat(verdict)
        .hasToString(
            """
            not linearizable: part x: nothing explains the first 17 events; fewer can be.
            The last of these is the end of
                B  read x -> 2  [17, 18]
            The longest order found holds 7 of 8 finished operations:
                D  write x 0  [1, 3]  in state nil
                A  write x 1  [2, 5]  in state 0
                B  read x -> 1  [0, 6]  in state 1
                C  cas x 1 2 -> true  [7, 9]  in state 1
                B  read x -> 2  [10, 11]  in state 2
                D  cas x 0 3 -> false  [12, 15]  in state 2
                C  cas x 2 4 -> true  [13, 19]  in state 2
                A  read x -> 4  [14, 16]  in state 4
            Then the state is 4, and these are left:
                B  read x -> 2  [17, 18]  does not fit
            """);
  }

  @Test
  @DisplayName("a sequential witness shows where each client is stuck")
  void sequentialWitness() {
    var verdict = SequentialChecker.check(literature("two-registers-c"), Models.register("0"));

    assertThat(verdict)
        .hasToString(
            """
            not sequential: no order that keeps each client's own explains all.
            The longest order leaves out 1; each client's next does not fit:
                Q  read x -> 0  [6, 7]  in state 4
            """);
  }

  @Test
  @DisplayName("a causal witness is a circle, step by step with its reasons")
  void causalWitness() {
    var found =
        ConsistencyClassifier.classify(literature("answer-before-question"), Models.register());

    assertThat(found.verdict(Consistency.CAUSAL).toString())
        .startsWith("not causal: what P3 has seen goes round in a circle:\n")
        .contains("was read by", "in the order of P2", "so that other is later");
    assertThat(found.verdict(Consistency.SEQUENTIAL).isBroken()).isTrue();
    assertThat(found.whyNotHigher()).contains(found.verdict(Consistency.CAUSAL));
  }

  @Test
  @DisplayName("a session witness shows what was read and how newer news came")
  void sessionWitness() {
    var found =
        SessionChecker.check(literature("broken-writes-follow-reads"), Models.register("none"));

    assertThat(found.toString())
        .isEqualTo(
            """
            broken: writes follow reads: a client reads an older value than it must know of:
                it reads this: initially, question is none
                it must know of this, or newer:
                P  write question why  [0, 1]
                  was read by
                Q  read question -> why  [2, 3]
                  in the order of Q
                Q  write answer because  [4, 5]
                  was read by
                R  read answer -> because  [6, 7]
                  in the order of R
                R  read question -> none  [8, 9]
            """);
  }

  @Test
  @DisplayName("over a bound the verdict is undecided, which is no pass, and names the bound")
  void boundsAreHonest() {
    var history = literature("register-new-then-old");
    var fewSteps = new CheckLimits(3, 1_000, 1_000);
    var smallMemory = new CheckLimits(1_000, 2, 1_000);
    var fewRelated = new CheckLimits(1_000, 1_000, 2);

    var steps = LinearizabilityChecker.check(history, Models.register(), fewSteps);
    var memory = SequentialChecker.check(history, Models.register(), smallMemory);
    var related = SessionChecker.check(history, Models.register(), fewRelated);

    assertThat(steps)
        .hasToString("undecided whether linearizable: part x: stepsMax (3) is reached");
    assertThat(memory)
        .hasToString("undecided whether sequential: configurationsMax (2) is reached");
    assertThat(steps.holds() || steps.isBroken() || memory.holds()).isFalse();
    assertThat(related.holds()).isFalse();
    assertThat(related.undecided()).hasValue("9 operations are more than relatedMax (2)");
  }

  @Test
  @DisplayName(
      "a broken part outweighs one that could not be decided, whichever is looked at first")
  void brokenOutweighsUndecided() {
    for (var broken : new String[] {"a", "z"}) {
      var clients = new HistoryRecorder(time::incrementAndGet);
      for (int i = 0; i < 9; i++) {
        clients.invoke(broken + i, "write", "m", i);
      }
      clients.invoke("d", "cas", "m", "any", "other"); // may have seen any of the writes
      clients.invoke("c", "read", "m").ok("nobody's");
      clients.invoke("c", "write", broken, 1).ok();
      clients.invoke("c", "read", broken).ok(7);
      var limits = new CheckLimits(100, 10, 10);

      var verdict = LinearizabilityChecker.check(clients.history(), Models.register(), limits);

      assertThat(verdict.toString()).startsWith("not linearizable: part " + broken);
    }
  }

  @Test
  @DisplayName("a part that could not be decided outweighs one that holds, whichever is first")
  void undecidedOutweighsHolding() {
    for (var good : new String[] {"a", "z"}) {
      var clients = new HistoryRecorder(time::incrementAndGet);
      clients.invoke("c", "read", good).ok(Call.NIL);
      for (int i = 0; i < 9; i++) {
        clients.invoke("c" + i, "write", "m", i);
      }
      clients.invoke("d", "cas", "m", "any", "other"); // may have seen any of the writes
      clients.invoke("c", "read", "m").ok("nobody's");
      var limits = new CheckLimits(100, 10, 10);

      var verdict = LinearizabilityChecker.check(clients.history(), Models.register(), limits);

      assertThat(verdict.toString()).startsWith("undecided whether linearizable: part m");
    }
  }

  @Test
  @DisplayName("writes of unknown outcome that nobody saw cost nothing, however many there are")
  void unseenWritesCostNothing() {
    var clients = new HistoryRecorder(time::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      clients.invoke("c" + i, "write", "m", i);
    }
    clients.invoke("c", "read", "m").ok(50);
    clients.invoke("c", "read", "m").ok("nobody's");
    var limits = new CheckLimits(100, 10, 10);

    var verdict = LinearizabilityChecker.check(clients.history(), Models.register(), limits);

    assertThat(verdict.isBroken()).isTrue();
  }

  @Test
  @DisplayName("values that are written twice leave causal undecided, not passed")
  void repeatedValuesAreUndecided() {
    recorder.invoke("c1", "write", "x", 1).ok();
    recorder.invoke("c1", "write", "x", 1).ok();
    recorder.invoke("c1", "read", "x").ok(0);

    var verdict =
        CausalChecker.causal(recorder.history(), Models.register("0"), CheckLimits.DEFAULT);

    assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  @DisplayName("last reads that do not agree are undecided: they may agree later")
  void divergenceIsUndecided() {
    recorder.invoke("c1", "write", "x", 1).ok();
    recorder.invoke("c1", "write", "x", 2).ok();
    recorder.invoke("c2", "read", "x").ok(2);
    recorder.invoke("c3", "read", "x").ok(1);
    assertThat(EventualChecker.check(recorder.history(), Models.register()))
        .isInstanceOf(Verdict.Undecided.class);

    recorder.invoke("c3", "read", "x").ok(2);
    assertThat(EventualChecker.check(recorder.history(), Models.register()).holds()).isTrue();
  }
}
