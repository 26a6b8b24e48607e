package dev.synod.testkit.mutant;

import dev.synod.core.Read;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.invariant.Change;
import java.time.Duration;

/**
 * A leader hands over, and is cut off as soon as the election has begun: it is not told who won,
 * and a client of its own goes on reading by its lease.
 */
final class CutHandover extends Script {

  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int READS = 30;

  private long acknowledged;

  CutHandover(long seed, GroupSettings settings) {
    super(seed, settings);
    group
        .watch()
        .listener(
            change -> {
              if (change instanceof Change.Acknowledged one) {
                acknowledged = Math.max(acknowledged, one.index());
              }
            });
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    long epoch = epochOf(first);
    group.on(first).ifPresent(ref -> ref.admin().transfer(DEADLINE));
    until(() -> others.stream().anyMatch(node -> epochOf(node) > epoch));
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    for (int i = 0; i < READS; i++) {
      readByLease(first);
      runFor(draw.nextLong(20));
    }
  }

  private long epochOf(String node) {
    return group.watch().replica(node).epoch();
  }

  /** It must see all that is acknowledged by now, whoever leads. */
  private void readByLease(String node) {
    long least = acknowledged;
    group
        .on(node)
        .ifPresent(
            ref ->
                ref.read("read-by-lease get k1", Read.lease())
                    .thenAccept(reply -> group.watch().see(read(node, least, reply))));
  }

  private static Change read(String node, long least, String reply) {
    return new Change.Read(node, least, Long.parseLong(reply.substring(0, reply.indexOf(' '))));
  }
}
