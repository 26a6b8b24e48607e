package dev.synod.testkit.shrink;

import dev.synod.testkit.fault.Seconds;
import dev.synod.testkit.invariant.Violation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Runs scenarios, none twice, within the limits, and keeps the last that failed alike. */
final class Trials {

  private final Function<Scenario, Optional<Violation>> runner;
  private final ShrinkLimits limits;
  private final LongSupplier cpuNanos;
  private final Consumer<String> progress;
  private final long start;
  private final Set<Scenario> harmless = new HashSet<>();
  private Scenario smallest;
  private Violation violation;
  private int runs;
  private boolean isExhausted;

  Trials(
      Function<Scenario, Optional<Violation>> runner,
      ShrinkLimits limits,
      LongSupplier cpuNanos,
      Consumer<String> progress,
      Scenario failing,
      Violation violation) {
    this.runner = runner;
    this.limits = limits;
    this.cpuNanos = cpuNanos;
    this.progress = progress;
    this.start = cpuNanos.getAsLong();
    this.smallest = failing;
    this.violation = violation;
  }

  /** The smallest that fails so far. */
  Scenario smallest() {
    return smallest;
  }

  Violation violation() {
    return violation;
  }

  int runs() {
    return runs;
  }

  /** Whether a scenario was not tried since a limit was reached. */
  boolean isExhausted() {
    return isExhausted;
  }

  /** Whether it breaks the same invariant; then it is the smallest now. */
  boolean fails(Scenario candidate) {
    if (candidate.equals(smallest)) {
      return true;
    }
    if (harmless.contains(candidate) || !mayRun()) {
      return false;
    }
    runs++;
    var broken = runner.apply(candidate);
    if (broken.isPresent() && broken.get().invariant().equals(violation.invariant())) {
      smallest = candidate;
      violation = broken.get();
      progress.accept(
          "shrinking: after %d runs %d faults on %d nodes in %s"
              .formatted(
                  runs,
                  candidate.faults().size(),
                  candidate.nodes(),
                  Seconds.text(candidate.length())));
      return true;
    }
    harmless.add(candidate);
    return false;
  }

  private boolean mayRun() {
    isExhausted |=
        runs >= limits.runsMax() || cpuNanos.getAsLong() - start > limits.cpuMax().toNanos();
    return !isExhausted;
  }
}
