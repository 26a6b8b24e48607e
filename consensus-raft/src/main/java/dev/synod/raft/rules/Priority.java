package dev.synod.raft.rules;

/**
 * How much a server is wanted as leader. A leader hands over to a server of a higher priority once
 * that one was well for some checks of the quorum in a row. If the group then has to elect without
 * a handover, that server has let it down, and has to be well for twice as long before this one
 * hands over again: so a bad link can't make two leaders play ping-pong.
 *
 * @param value 0 for a server that never stands by itself; servers of the highest value lead
 * @param letDowns how often a server to which this one handed over by priority let the group down
 * @param entrusted whether this one handed over by priority, and no leader was elected since
 *     without a handover
 */
public record Priority(int value, int letDowns, boolean entrusted) {

  /** Of a server that has not said its own yet. */
  static final int USUAL = 1;

  /** Checks of the quorum: about three seconds with default settings. */
  static final int CALM_CHECKS = 10;

  private static final int LET_DOWNS_MAX = 6;

  public Priority {
    if (value < 0) {
      throw new IllegalArgumentException("a priority is never negative: " + value);
    }
  }

  /** Of a server that has just started. */
  public static Priority of(int value) {
    return new Priority(value, 0, false);
  }

  /** For how many checks of the quorum in a row a successor must have been well. */
  int calmChecksNeeded() {
    return CALM_CHECKS << letDowns;
  }

  Priority entrusting() {
    return new Priority(value, letDowns, true);
  }

  /** Another value; how well it went with others is not forgotten. */
  Priority valued(int newValue) {
    return new Priority(newValue, letDowns, entrusted);
  }

  /** This server stands for election. */
  Priority standing(boolean handover) {
    return handover || !entrusted
        ? this
        : new Priority(value, Math.min(letDowns + 1, LET_DOWNS_MAX), false);
  }
}
