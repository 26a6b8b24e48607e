package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;
import java.time.Duration;

/**
 * A leader hands over, and is cut off about when the election begins: it is not told who won, and
 * its own clients go on asking it.
 */
final class CutHandover extends Script {

  private static final Duration DEADLINE = Duration.ofSeconds(1);

  CutHandover(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    group.on(first).ifPresent(ref -> ref.admin().transfer(DEADLINE));
    runFor(5 + draw.nextLong(60));
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    runFor(300);
  }
}
