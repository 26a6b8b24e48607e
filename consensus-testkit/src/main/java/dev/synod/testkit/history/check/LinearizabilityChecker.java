package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether a history is linearizable: whether each operation can have taken effect at one
 * moment between its invocation and its end (Herlihy and Wing 1990), as {@link LinearSearch}
 * searches for it, part by part of the model.
 *
 * <p>Operations that were rejected took no effect. Those of unknown outcome took effect at any time
 * after their invocation, or never.
 */
public final class LinearizabilityChecker {

  private LinearizabilityChecker() {}

  /** Checks within {@link CheckLimits#DEFAULT}. */
  public static Verdict check(History history, Model<?> model) {
    return check(history, model, CheckLimits.DEFAULT);
  }

  /**
   * Checks within limits. A part that is broken outweighs one that is undecided.
   *
   * @throws IllegalArgumentException if the model does not know one of the calls
   */
  public static Verdict check(History history, Model<?> model, CheckLimits limits) {
    return check(history, model, limits, Guess.NONE);
  }

  /**
   * As {@link #check(History, Model, CheckLimits)}, but tries that order first.
   *
   * @throws IllegalArgumentException if the model does not know one of the calls
   */
  public static Verdict check(History history, Model<?> model, CheckLimits limits, Guess guess) {
    Map<String, List<Operation>> parts = new TreeMap<>();
    for (var operation : history.operations()) {
      parts.computeIfAbsent(model.part(operation.call()), part -> new ArrayList<>()).add(operation);
    }
    Verdict verdict = new Verdict.Holds(Consistency.LINEARIZABLE);
    for (var part : parts.entrySet()) {
      var found = checkPart(part.getKey(), seen(part.getValue(), model), model, limits, guess);
      if (found.isBroken()) {
        return found;
      }
      verdict = found.holds() ? verdict : found;
    }
    return verdict;
  }

  private static List<Operation> seen(List<Operation> operations, Model<?> model) {
    return operations.stream()
        .filter(
            operation ->
                operation.ending() != Ending.UNKNOWN
                    || !model.isUnseen(operation.call(), operations))
        .toList();
  }

  private static <S> Verdict checkPart(
      String part, List<Operation> operations, Model<S> model, CheckLimits limits, Guess guess) {
    if (guess != Guess.NONE && new GuessedOrder<>(model, operations, guess).isLinearization()) {
      return new Verdict.Holds(Consistency.LINEARIZABLE);
    }
    var search = new LinearSearch<>(model, operations, Operation.NEVER, limits);
    return switch (search.run()) {
      case FOUND -> new Verdict.Holds(Consistency.LINEARIZABLE);
      case GAVE_UP ->
          new Verdict.Undecided(
              Consistency.LINEARIZABLE,
              (part.isEmpty() ? "" : "part " + part + ": ") + search.spent());
      case NONE ->
          new Verdict.Broken(
              Consistency.LINEARIZABLE, witness(part, operations, search, model, limits));
    };
  }

  /**
   * Finds the shortest prefix without a linearization. A prefix of a linearizable history is one
   * too, so it is found by halving; and up to where the whole search came, all is well.
   */
  private static <S> Witness witness(
      String part,
      List<Operation> operations,
      LinearSearch<S> whole,
      Model<S> model,
      CheckLimits limits) {
    int[] ends =
        whole.known().stream()
            .mapToInt(Operation::endedAt)
            .filter(end -> end >= whole.blockedAt())
            .sorted()
            .toArray();
    int good = -1;
    int bad = ends.length - 1;
    int probe = 0;
    boolean isShortest = true;
    while (bad - good > 1 && isShortest) {
      switch (new LinearSearch<>(model, operations, ends[probe] + 1, limits).run()) {
        case FOUND -> good = probe;
        case NONE -> bad = probe;
        case GAVE_UP -> isShortest = false;
      }
      probe = (good + bad) >>> 1;
    }
    var search = new LinearSearch<>(model, operations, ends[bad] + 1, limits);
    search.run();
    return new LinearizationWitness<>(part, ends[bad], isShortest, search).toWitness();
  }
}
