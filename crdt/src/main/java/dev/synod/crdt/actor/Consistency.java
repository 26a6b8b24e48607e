package dev.synod.crdt.actor;

import dev.synod.crdt.CausalToken;
import java.time.Duration;

/**
 * How much a call waits for: copies of a change, or replicas that were asked for a value; and what
 * must be merged here before.
 *
 * <p>With w copies written and r read of n, where w + r &gt; n, a read sees what was confirmed
 * before it. That is no linearizable register: a change that is not confirmed yet may be seen by
 * one read and not by the next one (Attiya, Bar-Noy, Dolev 1995). For that, use a consensus group.
 *
 * @param copies how many replicas, this one included
 * @param count how many, if that is {@link Copies#SOME}
 * @param timeout after which the call ends with what is known by then
 * @param after what this replica must have merged before it does anything
 */
public record Consistency(Copies copies, int count, Duration timeout, CausalToken after) {

  /** How many replicas. */
  public enum Copies {
    LOCAL,
    SOME,
    MAJORITY,
    ALL
  }

  public Consistency {
    if (count < 1) {
      throw new IllegalArgumentException("at least one copy, but got " + count);
    }
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is not negative, but got " + timeout);
    }
  }

  /** This replica only; others are told afterwards. */
  public static Consistency local() {
    return new Consistency(Copies.LOCAL, 1, Duration.ZERO, CausalToken.NONE);
  }

  /**
   * So many replicas.
   *
   * @param count from 1 on; more than there are nodes is refused when the call is made
   */
  public static Consistency copies(int count, Duration timeout) {
    return new Consistency(Copies.SOME, count, timeout, CausalToken.NONE);
  }

  /** More than half of the nodes. */
  public static Consistency majority(Duration timeout) {
    return new Consistency(Copies.MAJORITY, 1, timeout, CausalToken.NONE);
  }

  /** All nodes. */
  public static Consistency all(Duration timeout) {
    return new Consistency(Copies.ALL, 1, timeout, CausalToken.NONE);
  }

  /**
   * The same, once this replica has merged all that the token names.
   *
   * @param atMost how long the call waits, for this and for copies
   */
  public Consistency after(CausalToken token, Duration atMost) {
    return new Consistency(copies, count, atMost, token);
  }

  /** How many replicas that is. */
  int neededOf(int nodes) {
    return switch (copies) {
      case LOCAL -> 1;
      case SOME -> count;
      case MAJORITY -> nodes / 2 + 1;
      case ALL -> nodes;
    };
  }
}
