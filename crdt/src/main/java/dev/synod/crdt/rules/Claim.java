package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;

/**
 * What a search has found: all its values are here, and it counts as merged once values of all that
 * it follows in other shards are there. Claims of two shards may follow each other; so what a claim
 * needs includes what the other one follows, and they come true together or not at all.
 *
 * @param upTo what it claims, of each replica all changes up to a number
 * @param follows what that follows in other shards
 * @param needs that, and what the claims follow by which it was found to be present
 * @param present what of that is known to be there
 */
record Claim(VersionVector upTo, CausalToken follows, CausalToken needs, CausalToken present) {

  /** Claims nothing. */
  static final Claim NOTHING = new Claim(VersionVector.EMPTY, CausalToken.NONE);

  private Claim(VersionVector upTo, CausalToken follows) {
    this(upTo, follows, follows, CausalToken.NONE);
  }

  /** Of a search that is over; nothing if not all could be merged. */
  static Claim of(Search search, CausalToken follows) {
    return search.isWhole() ? new Claim(search.upTo().orElseThrow(), follows) : NOTHING;
  }

  /**
   * The same once values of these changes are known to be in another shard.
   *
   * @param further what these follow, if they do not count as merged there
   */
  Claim reached(int shard, VersionVector changes, CausalToken further) {
    boolean isAsked =
        changes.isPartOf(needs.changes(shard)) && !changes.isPartOf(present.changes(shard));
    return isAsked
        ? new Claim(
            upTo, follows, needs.merge(further), present.merge(CausalToken.of(shard, changes)))
        : this;
  }

  /** As nothing were known of what it needs: by what it was found to be present may be gone. */
  Claim anew() {
    return new Claim(upTo, follows);
  }

  /** Whether both say the same, whatever is known of what they need. */
  boolean isLike(Claim other) {
    return upTo.equals(other.upTo) && follows.equals(other.follows);
  }
}
