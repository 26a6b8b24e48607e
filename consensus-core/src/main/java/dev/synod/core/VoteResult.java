package dev.synod.core;

/** What the answers to a vote come to so far. */
public enum VoteResult {
  /** Answers still to come decide it. */
  PENDING,
  /** A quorum agrees. */
  WON,
  /** No answers still to come can make a quorum agree. */
  LOST
}
