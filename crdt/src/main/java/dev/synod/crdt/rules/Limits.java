package dev.synod.crdt.rules;

/**
 * Bounds of a replica.
 *
 * @param changesKept how many of its own changes it keeps to send them again; others that lack more
 *     than these have to ask for what they lack
 * @param changesPerMessageMax how many of them one message tells of
 * @param nodesPerMessageMax about how many nodes of the tree one message asks
 * @param bytesPerMessageMax about how many bytes of values or deltas one message has; a single
 *     value may have more
 */
public record Limits(
    int changesKept, int changesPerMessageMax, int nodesPerMessageMax, int bytesPerMessageMax) {

  public Limits {
    if (changesKept < 1
        || changesPerMessageMax < 1
        || nodesPerMessageMax < 1
        || bytesPerMessageMax < 1) {
      throw new IllegalArgumentException(
          ("limits are above 0, but got changes-kept = %d, changes-per-message-max = %d,"
                  + " nodes-per-message-max = %d, bytes-per-message-max = %d")
              .formatted(
                  changesKept, changesPerMessageMax, nodesPerMessageMax, bytesPerMessageMax));
    }
  }
}
