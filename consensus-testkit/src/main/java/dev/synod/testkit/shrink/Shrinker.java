package dev.synod.testkit.shrink;

import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes a failing scenario smaller as long as it breaks the same invariant. In this order: nothing
 * after the violation; the fewest faults; the fewest nodes; round numbers; shorter pauses between
 * the faults; shorter faults.
 */
public final class Shrinker {

  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** So many sixteenths of what a time is are tried, the boldest first. */
  private static final int[] SIXTEENTHS = {1, 4, 8, 12, 14};

  private final Trials trials;

  private Shrinker(Trials trials) {
    this.trials = trials;
  }

  /**
   * Shrinks it.
   *
   * @param failing breaks that invariant
   * @param runner says what a scenario breaks, always the same for the same one
   * @param cpuNanos of the thread
   * @param progress is told of each smaller failure
   */
  public static Shrunk shrink(
      Scenario failing,
      Violation violation,
      Function<Scenario, Optional<Violation>> runner,
      ShrinkLimits limits,
      LongSupplier cpuNanos,
      Consumer<String> progress) {
    var trials = new Trials(runner, limits, cpuNanos, progress, failing, violation);
    new Shrinker(trials).run();
    return new Shrunk(trials.smallest(), trials.violation(), trials.runs(), !trials.isExhausted());
  }

  private void run() {
    cutEnd();
    dropFaults();
    if (dropNodes()) {
      dropFaults();
    }
    round(TENTH);
    round(MILLISECOND);
    shortenPauses();
    shortenFaults();
    dropFaults();
    cutEnd();
  }

  /** The phase with faults may end once the invariant is broken, or sooner if that came later. */
  private void cutEnd() {
    var smallest = trials.smallest();
    var broken = roundedUp(Duration.ofNanos(trials.violation().nanoTime()), TENTH);
    if (broken.compareTo(smallest.length()) <= 0) {
      trials.fails(smallest.until(broken));
      return;
    }
    for (int parts : SIXTEENTHS) {
      var shorter = roundedUp(part(smallest.length(), parts), TENTH);
      if (shorter.compareTo(smallest.length()) < 0 && trials.fails(smallest.until(shorter))) {
        return;
      }
    }
  }

  private void dropFaults() {
    var start = trials.smallest();
    Ddmin.of(start.faults(), faults -> trials.fails(start.with(faults)));
  }

  private boolean dropNodes() {
    var start = trials.smallest();
    for (int nodes = 1; nodes < start.nodes(); nodes++) {
      if (trials.fails(start.onNodes(nodes))) {
        return true;
      }
    }
    return false;
  }

  private void round(Duration unit) {
    trials.fails(trials.smallest().withTimes(time -> roundedUp(time, unit)));
  }

  private void shortenFaults() {
    for (int i = 0; i < trials.smallest().faults().size(); i++) {
      while (shortensFault(i)) {
        cutEnd();
      }
    }
  }

  private boolean shortensFault(int index) {
    var smallest = trials.smallest();
    if (index >= smallest.faults().size()) {
      return false;
    }
    var timed = smallest.faults().get(index);
    for (int parts : SIXTEENTHS) {
      var shorter = roundedUp(part(timed.lasting(), parts), MILLISECOND);
      if (shorter.compareTo(timed.lasting()) < 0
          && trials.fails(
              smallest.with(index, new TimedFault(timed.at(), shorter, timed.fault())))) {
        return true;
      }
    }
    return false;
  }

  private void shortenPauses() {
    for (int i = 0; i < trials.smallest().faults().size(); i++) {
      while (shortensPause(i)) {
        cutEnd();
      }
    }
  }

  private boolean shortensPause(int index) {
    var smallest = trials.smallest();
    var faults = smallest.faults();
    if (index >= faults.size()) {
      return false;
    }
    var before = index == 0 ? Duration.ZERO : faults.get(index - 1).at();
    var pause = faults.get(index).at().minus(before);
    for (int parts : SIXTEENTHS) {
      var rest = roundedUp(part(pause, parts), MILLISECOND);
      if (rest.compareTo(pause) < 0 && trials.fails(smallest.earlier(index, pause.minus(rest)))) {
        return true;
      }
    }
    return false;
  }

  private static Duration part(Duration time, int sixteenths) {
    return time.multipliedBy(sixteenths).dividedBy(16);
  }

  private static Duration roundedUp(Duration time, Duration unit) {
    long units = Math.floorDiv(time.toNanos() + unit.toNanos() - 1, unit.toNanos());
    return unit.multipliedBy(units);
  }
}
