package dev.synod.testkit.paxos;

import dev.synod.testkit.history.check.CheckLimits;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** Simulates a register with a seed, with whichever rules and actors are loaded. */
public final class RegisterRun implements Function<Map<String, Object>, String> {

  static final Duration LENGTH = Duration.ofSeconds(60);

  /** A second or so at the worst: what takes longer is left to another seed. */
  private static final CheckLimits LIMITS = new CheckLimits(500_000, 100_000, 20_000);

  /** What a seed finds; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    long seed = (long) wanted.get("seed");
    var world = new RegisterWorld(seed);
    var history = world.run(LENGTH);
    var verdict = LinearizabilityChecker.check(history, Models.register(), LIMITS);
    if (verdict.isBroken()) {
      return "linearizability: seed " + seed + ": " + verdict;
    }
    var promise = world.brokenPromise();
    return promise.isEmpty() ? "" : "promises are kept: seed " + seed + ": " + promise;
  }
}
