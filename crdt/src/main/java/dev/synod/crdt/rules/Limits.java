package dev.synod.crdt.rules;

/**
 * Bounds of a replica.
 *
 * @param changesKept how many of its own changes it keeps to send them again; others that lack more
 *     than these have to ask for what they lack. With a registry, an evicted one makes so many anew
 *     one by one, and of those before what they came to
 * @param changesPerMessageMax how many of them one message tells of
 * @param nodesPerMessageMax about how many nodes of the tree one message asks
 * @param bytesPerMessageMax about how many bytes of values or deltas one message has; a single
 *     value or delta may have more
 * @param unansweredMax how many messages with changes may be on their way to another replica; what
 *     changes meanwhile goes together, in the next one
 * @param heldMax how many intervals of others wait here for what they follow; more are left out,
 *     and sent again later
 */
public record Limits(
    int changesKept,
    int changesPerMessageMax,
    int nodesPerMessageMax,
    int bytesPerMessageMax,
    int unansweredMax,
    int heldMax) {

  public Limits {
    if (changesKept < 1
        || changesPerMessageMax < 1
        || nodesPerMessageMax < 1
        || bytesPerMessageMax < 1
        || unansweredMax < 1
        || heldMax < 1) {
      throw new IllegalArgumentException(
          ("limits are above 0, but got changes-kept = %d, changes-per-message-max = %d,"
                  + " nodes-per-message-max = %d, bytes-per-message-max = %d,"
                  + " unanswered-max = %d, held-max = %d")
              .formatted(
                  changesKept,
                  changesPerMessageMax,
                  nodesPerMessageMax,
                  bytesPerMessageMax,
                  unansweredMax,
                  heldMax));
    }
  }
}
