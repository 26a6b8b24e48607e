package dev.synod.testkit.history.check;

import java.util.Locale;

/**
 * What may be promised about a history as a whole: the ladder, strongest first. Who keeps a rung
 * keeps all below it.
 */
public enum Consistency {
  /**
   * Every operation takes effect at one moment between its invocation and its end (Herlihy and Wing
   * 1990).
   */
  LINEARIZABLE,
  /** One order explains all results and keeps each client's own (Lamport 1979). */
  SEQUENTIAL,
  /**
   * Each client sees writes in an order that keeps cause before effect (Ahamad et al. 1995: causal
   * memory).
   */
  CAUSAL,
  /** Each client sees the writes of each other one in the order of their issue. */
  PRAM,
  /**
   * What is read was written, and once writing stops all come to read the same (Terry et al. 1994;
   * on a finite history: the last reads agree).
   */
  EVENTUAL;

  /** As in a sentence. */
  @Override
  public String toString() {
    return this == PRAM ? name() : name().toLowerCase(Locale.ROOT);
  }
}
