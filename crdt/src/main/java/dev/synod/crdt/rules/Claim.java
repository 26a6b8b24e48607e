package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;

/**
 * What a search has found: all its values are here, and it counts as merged once values of all that
 * it follows in other shards are there. Claims of two shards may follow each other; so what a claim
 * needs includes what the other one follows, and they come true together or not at all.
 *
 * @param upTo what it claims, of each replica all changes up to a number
 * @param follows what that follows, in all shards
 * @param present what of that is known to be there
 */
record Claim(VersionVector upTo, CausalToken follows, CausalToken present) {

  /** Claims nothing. */
  static final Claim NOTHING = new Claim(VersionVector.EMPTY, CausalToken.NONE, CausalToken.NONE);

  /** Of a search that is over; nothing if not all could be merged. */
  static Claim of(Search search, CausalToken follows) {
    return search.isWhole()
        ? new Claim(search.upTo().orElseThrow(), follows, CausalToken.NONE)
        : NOTHING;
  }

  /**
   * The same once values of these changes are known to be in another shard.
   *
   * @param needs what these follow, if they do not count as merged there
   */
  Claim reached(int shard, VersionVector changes, CausalToken needs) {
    boolean isAsked =
        changes.isPartOf(follows.changes(shard)) && !changes.isPartOf(present.changes(shard));
    return isAsked
        ? new Claim(upTo, follows.merge(needs), present.merge(CausalToken.of(shard, changes)))
        : this;
  }
}
