package dev.synod.testkit.history.check;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Model;

/**
 * Tells whether a history is sequentially consistent: whether one order of all operations keeps
 * each client's own order and explains all results (Lamport 1979), as {@link SequentialSearch}
 * searches for it. Real time between clients does not count.
 */
public final class SequentialChecker {

  private SequentialChecker() {}

  /** Checks within {@link CheckLimits#DEFAULT}. */
  public static Verdict check(History history, Model<?> model) {
    return check(history, model, CheckLimits.DEFAULT);
  }

  /** Checks within limits. */
  public static Verdict check(History history, Model<?> model, CheckLimits limits) {
    var search = new SequentialSearch<>(model, history.operations(), limits);
    return switch (search.run()) {
      case FOUND -> new Verdict.Holds(Consistency.SEQUENTIAL);
      case NONE -> new Verdict.Broken(Consistency.SEQUENTIAL, search.witness());
      case GAVE_UP -> new Verdict.Undecided(Consistency.SEQUENTIAL, search.spent());
    };
  }
}
