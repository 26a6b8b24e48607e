package dev.synod.actors.replica;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Which client sessions the leader has not heard of for too long. It only proposes their end: a
 * session ends when that entry is applied, at the same place on every replica. A new leader gives
 * every session the full time again.
 *
 * <p>Once the group has as many sessions as it may have, silence counts sooner: else those of
 * clients that are gone keep out the living.
 */
public final class SessionExpiry {

  private final int sessionsMax;
  private long timeoutNanos;
  private long timeoutWhenFullNanos;
  private final LongSupplier nanoTime;
  private final Map<Long, Long> lastHeard = new TreeMap<>();

  /**
   * No sessions yet.
   *
   * @param sessionsMax of the group
   * @param timeoutWhenFullNanos in place of the timeout while there are so many, if it is shorter
   */
  public SessionExpiry(
      int sessionsMax, long timeoutNanos, long timeoutWhenFullNanos, LongSupplier nanoTime) {
    this.sessionsMax = sessionsMax;
    this.nanoTime = nanoTime;
    timeouts(timeoutNanos, timeoutWhenFullNanos);
  }

  /** Other times from now on, for silence that has begun already, too. */
  public void timeouts(long normalNanos, long whenFullNanos) {
    timeoutNanos = normalNanos;
    timeoutWhenFullNanos = Math.min(normalNanos, whenFullNanos);
  }

  /** What the applier reports. */
  public void changed(List<Long> opened, List<Long> closed) {
    long now = nanoTime.getAsLong();
    opened.forEach(session -> lastHeard.put(session, now));
    closed.forEach(lastHeard::remove);
  }

  /** A client used its session, or says that it is alive. */
  public void heard(long session) {
    lastHeard.computeIfPresent(session, (id, before) -> nanoTime.getAsLong());
  }

  /** This replica leads from now on. */
  public void restart() {
    long now = nanoTime.getAsLong();
    lastHeard.replaceAll((id, before) -> now);
  }

  /**
   * Sessions to close, at most as many as one entry holds. Each is named again only after another
   * full time.
   */
  public List<Long> due() {
    long now = nanoTime.getAsLong();
    long silence = lastHeard.size() < sessionsMax ? timeoutNanos : timeoutWhenFullNanos;
    var due =
        lastHeard.entrySet().stream()
            .filter(session -> now - session.getValue() > silence)
            .map(Map.Entry::getKey)
            .limit(ClosedSessions.SESSIONS_MAX)
            .toList();
    due.forEach(session -> lastHeard.put(session, now));
    return due;
  }
}
