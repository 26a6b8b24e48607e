package dev.synod.core;

/** One wish about who belongs to a group. */
public sealed interface MembershipChange {

  StoreId store();

  /** It votes, be it new or a learner so far. */
  record AddVoter(StoreId store) implements MembershipChange {}

  /** It votes and keeps where entries stand, but neither their payloads nor any state. */
  record AddWitness(StoreId store) implements MembershipChange {}

  /** It gets entries and does not vote, be it new or a voter so far. */
  record AddLearner(StoreId store) implements MembershipChange {}

  /** It belongs to the group no more. */
  record Remove(StoreId store) implements MembershipChange {}
}
