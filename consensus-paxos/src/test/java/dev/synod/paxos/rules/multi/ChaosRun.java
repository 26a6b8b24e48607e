package dev.synod.paxos.rules.multi;

import dev.synod.core.InvariantViolation;
import dev.synod.paxos.rules.Quorums;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs one seed of {@link SlotChaos} with whichever rules are loaded; in and out go only classes
 * that all class loaders share.
 */
public final class ChaosRun implements Function<Map<String, Object>, String> {

  /** What was broken, a colon, and how; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    long seed = (long) wanted.get("seed");
    int replicas = (int) wanted.get("replicas");
    var quorums =
        Quorums.of(
            SlotWorld.ids(replicas), (int) wanted.get("prepare"), (int) wanted.get("accept"));
    return run(new SlotWorld(seed, replicas, quorums), seed, (int) wanted.get("events"));
  }

  private static String run(SlotWorld world, long seed, int events) {
    try {
      new SlotChaos(world, seed).run(events);
      world.heal();
      return "";
    } catch (InvariantViolation e) {
      return "invariant: " + e.getMessage();
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }
}
