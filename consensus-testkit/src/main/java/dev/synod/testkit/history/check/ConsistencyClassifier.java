package dev.synod.testkit.history.check;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Model;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Places a history on the ladder linearizable, sequential, causal, PRAM, eventual, and says why it
 * is not one higher.
 *
 * <p>A rung that holds makes all below it hold, one that is broken makes all above it broken. The
 * three lower ones are judged for registers only, causal and PRAM only where all written values are
 * different; otherwise they follow from the others or are undecided.
 */
public final class ConsistencyClassifier {

  private final History history;
  private final Model<?> model;
  private final CheckLimits limits;
  private final Map<Consistency, Verdict> rungs = new EnumMap<>(Consistency.class);

  private ConsistencyClassifier(History history, Model<?> model, CheckLimits limits) {
    this.history = history;
    this.model = model;
    this.limits = limits;
  }

  /** Classifies within {@link CheckLimits#DEFAULT}. */
  public static Classification classify(History history, Model<?> model) {
    return classify(history, model, CheckLimits.DEFAULT);
  }

  /** Classifies within limits. */
  public static Classification classify(History history, Model<?> model, CheckLimits limits) {
    return new ConsistencyClassifier(history, model, limits).classify();
  }

  /**
   * Causal is cheap to judge and sequential is not; so causal comes first and may save the other.
   */
  private Classification classify() {
    learn(LinearizabilityChecker.check(history, model, limits));
    if (model instanceof RegisterModel registers) {
      learnUnlessKnown(Consistency.EVENTUAL, () -> EventualChecker.check(history, registers));
      learnUnlessKnown(Consistency.PRAM, () -> CausalChecker.pram(history, registers, limits));
      learnUnlessKnown(Consistency.CAUSAL, () -> CausalChecker.causal(history, registers, limits));
    }
    learnUnlessKnown(Consistency.SEQUENTIAL, () -> SequentialChecker.check(history, model, limits));
    for (var rung : Consistency.values()) {
      rungs.putIfAbsent(rung, new Verdict.Undecided(rung, "it is known for registers only"));
    }
    return new Classification(rungs, sessions());
  }

  private void learnUnlessKnown(Consistency rung, Supplier<Verdict> check) {
    if (!rungs.containsKey(rung)) {
      learn(check.get());
    }
  }

  /** Notes a verdict, and what follows from it for rungs that nobody could decide. */
  private void learn(Verdict verdict) {
    rungs.put(verdict.promise(), verdict);
    for (var rung : Consistency.values()) {
      var known = Optional.ofNullable(rungs.get(rung));
      boolean isOpen = known.isEmpty() || known.get() instanceof Verdict.Undecided;
      boolean isBelow = rung.compareTo(verdict.promise()) > 0;
      if (isOpen && isBelow && verdict.holds()) {
        rungs.put(rung, new Verdict.Holds(rung));
      } else if (isOpen && !isBelow && verdict instanceof Verdict.Broken broken) {
        rungs.put(rung, new Verdict.Broken(rung, broken.witness()));
      }
    }
  }

  private SessionReport sessions() {
    return model instanceof RegisterModel registers
        ? SessionChecker.check(history, registers, limits)
        : new SessionReport(Map.of(), Optional.of("they are known for registers only"));
  }
}
