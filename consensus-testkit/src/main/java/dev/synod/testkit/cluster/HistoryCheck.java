package dev.synod.testkit.cluster;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.check.CheckLimits;
import dev.synod.testkit.history.check.Guess;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.check.SessionChecker;
import dev.synod.testkit.history.check.Verdict;
import dev.synod.testkit.history.model.Model;
import dev.synod.testkit.history.model.Models;
import dev.synod.testkit.invariant.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Holds what clients were told in a run against what they were promised. */
final class HistoryCheck {

  /** Of one key, there are some hundred operations; seconds and 50 MB at the worst. */
  private static final CheckLimits LIMITS = new CheckLimits(2_000_000, 200_000, 20_000);

  private static final String LINEARIZABLE = "the history is linearizable";
  private static final String SESSIONS = "the guarantees of sessions";

  private final History history;
  private final Watch watch;
  private final Guess guess;
  private final List<String> undecided = new ArrayList<>();

  private HistoryCheck(History history, Watch watch, Guess guess) {
    this.history = history;
    this.watch = watch;
    this.guess = guess;
  }

  /**
   * A broken promise goes to the watch; what could not be decided comes back.
   *
   * @param guess where commands stood in the log
   */
  static List<String> check(History history, Watch watch, Guess guess) {
    var check = new HistoryCheck(history, watch, guess);
    check.linearizable(Models.keyValue(), call -> !isCounter(call) && !isWeaker(call));
    check.linearizable(Models.counter(), HistoryCheck::isCounter);
    check.sessions();
    return check.undecided;
  }

  private void linearizable(Model<?> model, Predicate<Call> calls) {
    var verdict = LinearizabilityChecker.check(history.only(calls), model, LIMITS, guess);
    if (verdict instanceof Verdict.Broken broken) {
      watch.broken(LINEARIZABLE, broken.witness().text());
    } else if (!verdict.holds()) {
      undecided.add(verdict.toString());
    }
  }

  private void sessions() {
    var readAndWritten = history.only(call -> Calls.keepsSessions(call.key()));
    var report = SessionChecker.check(readAndWritten, Models.register(), LIMITS);
    report
        .broken()
        .forEach((guarantee, witness) -> watch.broken(SESSIONS, guarantee + ": " + witness.text()));
    report.undecided().ifPresent(undecided::add);
  }

  private static boolean isCounter(Call call) {
    return Calls.isCounter(call.key());
  }

  private static boolean isWeaker(Call call) {
    return Calls.isForSessions(call.key()) || Calls.mayLag(call.key());
  }
}
