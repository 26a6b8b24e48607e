package dev.synod.core;

/**
 * How much a group remembers of its clients. What is refused because of these bounds is refused by
 * every replica alike, so they are the group's, fixed when it is founded, not a node's.
 *
 * @param sessionsMax client sessions that may be open at a time; each costs memory on every replica
 * @param repliesPerSessionMax replies kept for a client that does not acknowledge them; more than
 *     any client has in flight
 */
public record SessionLimits(int sessionsMax, int repliesPerSessionMax) {

  public SessionLimits {
    if (sessionsMax < 1 || repliesPerSessionMax < 1) {
      throw new IllegalArgumentException(
          "sessions-max (%d) and replies-per-session-max (%d) must be at least 1"
              .formatted(sessionsMax, repliesPerSessionMax));
    }
  }
}
