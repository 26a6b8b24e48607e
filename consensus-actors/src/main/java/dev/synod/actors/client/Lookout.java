package dev.synod.actors.client;

import dev.synod.actors.message.LeaderSearch.Leads;

/**
 * When to look for another leader while tries at the old one are still under way, and which of the
 * answers are news. Time is counted in ticks.
 */
final class Lookout {

  private final long ticks;
  private long askedAt;
  private long epoch = -1;

  /**
   * Knows of no leader.
   *
   * @param ticks from one search to the next
   */
  Lookout(long ticks) {
    this.ticks = ticks;
  }

  /** How long a try may take before a search begins. */
  long ticks() {
    return ticks;
  }

  /** Whether to ask again; asked once. */
  boolean takeDue(long now) {
    boolean due = askedAt + ticks <= now;
    if (due) {
      askedAt = now;
    }
    return due;
  }

  /** Whether that leader is newer than all that were heard of: replicas may be behind. */
  boolean isNews(Leads answer) {
    boolean news = answer.epoch() > epoch;
    epoch = Math.max(epoch, answer.epoch());
    return news;
  }
}
