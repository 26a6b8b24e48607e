package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.VersionVector;

/**
 * When a replica reports what it has merged. Whether something may be dropped never depends on
 * that, only how soon it is.
 *
 * @param reported what it has reported last
 * @param standing the number of the standing that it knew then
 * @param before what was merged when it was asked last
 */
public record Reporting(VersionVector reported, long standing, VersionVector before) {

  /** With so many changes that are not reported one is due while more are coming. */
  private static final int CHANGES_MIN = 100;

  /** As of no standing: says what is merged, and counts for no generation. */
  public static final long NOTICE = 0;

  public static final Reporting NONE = new Reporting(VersionVector.EMPTY, -1, VersionVector.EMPTY);

  /**
   * Whether a report is due: when nothing has come since the last time, when it is waited for
   * because of somebody who is gone, or when so much has come that going through all keys, as a
   * report may lead to, costs little beside it.
   */
  public boolean isDue(Replication replication) {
    var merged = replication.merged();
    var known = replication.standing();
    boolean isTold = merged.equals(reported) && known.number() == standing;
    boolean isFirst = standing < 0;
    boolean isWaitedFor = !known.gone().isEmpty();
    boolean isBehind = !known.stable().isPartOf(reported); // that report did not count
    boolean isNews = isFirst || isWaitedFor || isBehind || !merged.equals(known.stable());
    if (isTold || !isNews) {
      return false;
    }
    boolean isQuiet = merged.equals(before);
    long changes = Math.abs(sum(merged) - sum(reported));
    return isQuiet || isWaitedFor || changes >= Math.max(CHANGES_MIN, replication.keyCount() / 2);
  }

  /** Whether all that is stable is merged. */
  public static boolean hasStable(Replication replication) {
    return replication.standing().stable().isPartOf(replication.merged());
  }

  private static long sum(VersionVector vector) {
    long[] sum = {0};
    vector.forEach((replica, number) -> sum[0] = Math.min(Dot.COUNTER_MAX, sum[0] + number));
    return sum[0];
  }

  /** It was asked. */
  public Reporting asked(Replication replication) {
    return new Reporting(reported, standing, replication.merged());
  }

  /** It is reported. */
  public Reporting told(Replication replication) {
    return new Reporting(
        replication.merged(), replication.standing().number(), replication.merged());
  }
}
