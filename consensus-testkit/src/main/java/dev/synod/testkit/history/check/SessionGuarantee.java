package dev.synod.testkit.history.check;

import java.util.Locale;

/** What may be promised to a single client (a session): Terry et al. 1994, §3. */
public enum SessionGuarantee {
  /** A client reads what it wrote, or something newer. */
  READ_YOUR_WRITES,
  /** A client that has read something never reads something older. */
  MONOTONIC_READS,
  /** Who sees a client's write sees all its earlier ones. */
  MONOTONIC_WRITES,
  /** Who sees a client's write sees all that this client had read before it. */
  WRITES_FOLLOW_READS;

  /** As in a sentence. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
