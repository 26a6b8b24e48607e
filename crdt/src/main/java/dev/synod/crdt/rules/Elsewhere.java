package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica of one shard of the keys knows of the same node's replicas of the others. A change
 * that was made after something was seen in another shard names that (its dependencies), and no
 * node shows it before its own replica of that shard has merged that (the dependency check): Lloyd,
 * Freedman, Kaminsky, Andersen: "Don't Settle for Eventual: Scalable Causal Consistency for
 * Wide-Area Storage with COPS", 2011, §4. Immutable.
 *
 * @param here this one
 * @param era how often {@code followed} has grown. Changes of different eras do not go in one
 *     interval: it would wait for what its last change follows, and what that follows may wait for
 *     its first
 * @param followed all that the changes that are merged here follow in other shards
 * @param implied what the changes follow that the others of this node are known to have merged
 * @param merged what the others of this node are known to have merged
 * @param present what they are known to have values of, merged or not
 * @param claim what counts as merged once what it follows is present
 */
record Elsewhere(
    Shard here,
    long era,
    CausalToken followed,
    CausalToken implied,
    CausalToken merged,
    CausalToken present,
    Optional<Claim> claim) {

  /** Keys are not divided. */
  static final Elsewhere NOWHERE = of(Shard.ALL);

  /** That was found by a search: all values are here. */
  record Claim(VersionVector upTo, CausalToken follows) {

    /** Of a search that is over; nothing if not all could be merged. */
    static Claim of(Search search, CausalToken follows) {
      return search.isWhole()
          ? new Claim(search.upTo().orElseThrow(), follows)
          : new Claim(VersionVector.EMPTY, CausalToken.NONE);
    }
  }

  /** Changes in another shard. */
  record Part(int shard, VersionVector changes) {}

  /** Nothing is known yet. */
  static Elsewhere of(Shard here) {
    return new Elsewhere(
        here,
        0,
        CausalToken.NONE,
        CausalToken.NONE,
        CausalToken.NONE,
        CausalToken.NONE,
        Optional.empty());
  }

  /** What the token names in the other shards. */
  CausalToken partOf(CausalToken token) {
    return token.with(here.number(), VersionVector.EMPTY);
  }

  /** Whether the token names shards that there are not: by a node that divides keys otherwise. */
  boolean isStrange(CausalToken token) {
    return token.shards().size() > here.count();
  }

  /** What of that is not known to be merged. */
  List<Part> missing(CausalToken token) {
    return missing(token, merged);
  }

  /** What of that is not known to be present. */
  List<Part> absent(CausalToken token) {
    return missing(token, present);
  }

  private List<Part> missing(CausalToken token, CausalToken known) {
    var missing = new ArrayList<Part>();
    for (int other = 0; other < token.shards().size(); other++) {
      var changes = token.changes(other);
      if (other != here.number() && !changes.isPartOf(known.changes(other))) {
        missing.add(new Part(other, changes));
      }
    }
    return missing;
  }

  /** Changes are merged here that follow that. */
  Elsewhere following(CausalToken token) {
    return token.isPartOf(followed)
        ? this
        : new Elsewhere(
            here, era + 1, followed.merge(token).merge(implied), implied, merged, present, claim);
  }

  /** A record says that changes are merged here which follow that, the last of them of that era. */
  Elsewhere recovered(CausalToken follows, long last) {
    var then = following(follows);
    return then.era >= last
        ? then
        : new Elsewhere(here, last, then.followed, implied, merged, present, claim);
  }

  /** All is read: what comes is of an era of its own. */
  Elsewhere recovered() {
    return here.isOneOfMany()
        ? new Elsewhere(here, era + 1, followed, implied, merged, present, claim)
        : this;
  }

  /** What the last change followed, if that is more than those before it do. */
  CausalToken since(Elsewhere before) {
    return era == before.era ? CausalToken.NONE : followed;
  }

  /**
   * The replica of another shard has what was awaited.
   *
   * @param follows what the changes that are merged there follow
   */
  Elsewhere reached(Effect.Await awaited, CausalToken follows) {
    var changes = CausalToken.of(awaited.shard(), awaited.changes());
    return new Elsewhere(
        here,
        era,
        followed,
        awaited.isMerged() ? implied.merge(partOf(follows)) : implied,
        awaited.isMerged() ? merged.merge(changes) : merged,
        present.merge(changes),
        claim);
  }

  Elsewhere with(Optional<Claim> next) {
    return new Elsewhere(here, era, followed, implied, merged, present, next);
  }
}
