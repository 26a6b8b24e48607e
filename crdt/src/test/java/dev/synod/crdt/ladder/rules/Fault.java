package dev.synod.crdt.ladder.rules;

/** A mistake in the ladder's rules that a {@link LadderWorld} makes on purpose. */
enum Fault {
  NONE,
  /** The group serves as soon as a fence is committed. */
  SERVES_BEFORE_ALL_HAVE_JOINED,
  /** A node goes on locally after it has handed in its value. */
  CHANGES_AFTER_JOINED,
  /** A node goes on after a move down without the group's value. */
  SKIPS_THE_SNAPSHOT,
  /** What a node handed in for an earlier fence counts for this one. */
  TAKES_OLD_FENCES,
  /** A node serves before it has said hello. */
  SERVES_BEFORE_HELLO,
  /** The group changes values under the id of a node's replica. */
  BORROWS_AN_ID,
  /** A grant that is answered twice is added twice. */
  COUNTS_GRANTS_TWICE,
  /** Rights travel without what they came from. */
  SENDS_RIGHTS_ALONE,
  /** The group takes rights of replicas that have not stopped. */
  TAKES_RIGHTS_OF_ALL
}
