package dev.synod.testkit.paxos;

import dev.synod.testkit.history.check.CheckLimits;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import java.time.Duration;
import java.util.function.Function;

/** Simulates a register with so many seeds, with whichever rules and actors are loaded. */
public final class RegisterRun implements Function<String, String> {

  static final Duration LENGTH = Duration.ofSeconds(60);

  /** A second or so at the worst: what takes longer is left to another seed. */
  private static final CheckLimits LIMITS = new CheckLimits(500_000, 100_000, 20_000);

  /**
   * What the first seed finds that finds something; nothing if all is well.
   *
   * @param seeds how many, from 1
   */
  @Override
  public String apply(String seeds) {
    for (long seed = 1; seed <= Long.parseLong(seeds); seed++) {
      var history = new RegisterWorld(seed).run(LENGTH);
      var verdict = LinearizabilityChecker.check(history, Models.register(), LIMITS);
      if (verdict.isBroken()) {
        return "linearizability: seed " + seed + ": " + verdict;
      }
    }
    return "";
  }
}
