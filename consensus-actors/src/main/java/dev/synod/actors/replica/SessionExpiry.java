package dev.synod.actors.replica;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Which client sessions the leader has not heard of for too long. It only proposes their end: a
 * session ends when that entry is applied, at the same place on every replica. A new leader gives
 * every session the full time again.
 */
public final class SessionExpiry {

  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private final Map<Long, Long> lastHeard = new TreeMap<>();

  public SessionExpiry(long timeoutNanos, LongSupplier nanoTime) {
    this.timeoutNanos = timeoutNanos;
    this.nanoTime = nanoTime;
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
    var due =
        lastHeard.entrySet().stream()
            .filter(session -> now - session.getValue() > timeoutNanos)
            .map(Map.Entry::getKey)
            .limit(ClosedSessions.SESSIONS_MAX)
            .toList();
    due.forEach(session -> lastHeard.put(session, now));
    return due;
  }
}
