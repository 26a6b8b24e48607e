package dev.synod.crdt.ladder.rules;

/** A mistake with a registry and a ladder together that a {@link RegisteredWorld} makes. */
enum RegisteredFault {
  NONE,
  /** What all know to be gone is dropped of values that the group has, too. */
  SWEEPS_WHAT_THE_GROUP_HAS,
  /** A node that has another replica by now goes on as if it was the one before. */
  GOES_ON_AS_ANOTHER,
  /** The next replica of a node counts as having taken what the one before had. */
  KEEPS_WHAT_WAS_TAKEN,
  /** The next replica's value is handed in as that of the one before. */
  HANDS_IN_FOR_ANOTHER,
  /** What the replica before has handed in or taken in the end counts for the next one. */
  CREDITS_THE_NEXT,
  /** What the group says to the replica before makes the next one a member. */
  WELCOMES_ANOTHER,
  /** A node spends the rights that its first replica had, whichever it has now. */
  SPENDS_WHAT_ANOTHER_HAD
}
