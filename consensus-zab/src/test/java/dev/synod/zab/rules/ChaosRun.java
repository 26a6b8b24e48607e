package dev.synod.zab.rules;

import dev.synod.core.InvariantViolation;
import dev.synod.core.Voting;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs one seed of {@link ZabWorld#chaos} with whichever rules are loaded; in and out go only
 * classes that all class loaders share.
 */
public final class ChaosRun implements Function<Map<String, Object>, String> {

  /** What was broken, a colon, and how; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    var limits = new ZabLimits(3, 1000, 6, (long) wanted.get("counterMax"));
    var world =
        new ZabWorld(
            (long) wanted.get("seed"),
            (int) wanted.get("voters"),
            (int) wanted.get("observers"),
            limits,
            voting((Map<?, ?>) wanted.get("weights")));
    if ((boolean) wanted.get("moving")) {
      world.moving();
    }
    try {
      world.beginAll();
      world.chaos((int) wanted.get("events"));
      world.heal();
      return "";
    } catch (InvariantViolation e) {
      return "invariant: " + e.getMessage();
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    } catch (IndexOutOfBoundsException e) {
      return "a log is asked for what it has: " + e.getMessage();
    }
  }

  /** By the names of servers; none if all weigh the same. */
  private static Voting voting(Map<?, ?> weights) {
    var byName = new TreeMap<String, Integer>();
    weights.forEach((name, weight) -> byName.put((String) name, (Integer) weight));
    return byName.isEmpty() ? Voting.majority() : Voting.weighted(byName);
  }
}
