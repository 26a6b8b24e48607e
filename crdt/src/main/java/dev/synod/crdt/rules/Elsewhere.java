package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

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
 * @param claims what searches have found and may not count as merged yet, the last ones
 */
record Elsewhere(
    Shard here,
    long era,
    CausalToken followed,
    CausalToken implied,
    CausalToken merged,
    List<Claim> claims) {

  /**
   * So many claims are kept. One that another shard was told of comes true within a few messages in
   * this node, long before so many more searches.
   */
  private static final int CLAIMS_MAX = 8;

  /** Keys are not divided. */
  static final Elsewhere NOWHERE = of(Shard.ALL);

  /** Changes in another shard. */
  record Part(int shard, VersionVector changes) {}

  /** Nothing is known yet. */
  static Elsewhere of(Shard here) {
    return new Elsewhere(here, 0, CausalToken.NONE, CausalToken.NONE, CausalToken.NONE, List.of());
  }

  /** What the token names in the other shards. */
  CausalToken partOf(CausalToken token) {
    return !here.isOneOfMany() ? CausalToken.NONE : token.with(here.number(), VersionVector.EMPTY);
  }

  /** Whether the token names shards that there are not: by a node that divides keys otherwise. */
  boolean isStrange(CausalToken token) {
    return token.shards().size() > here.count();
  }

  /** What of that is not known to be merged. */
  List<Part> missing(CausalToken token) {
    return missing(token, merged);
  }

  /** What a claim follows in other shards and is not known to be present there. */
  List<Part> absent(Claim claim) {
    return missing(claim.needs(), merged.merge(claim.present()));
  }

  /** Whether all that is known to be merged. */
  boolean has(CausalToken token) {
    return token.isEmpty() || missing(token).isEmpty();
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
            here, era + 1, followed.merge(token).merge(implied), implied, merged, claims);
  }

  /** What comes from here on does not go in one interval with what was before. */
  Elsewhere parted() {
    return here.isOneOfMany()
        ? new Elsewhere(here, era + 1, followed, implied, merged, claims)
        : this;
  }

  /** A record says that changes are merged here which follow that, the last of them of that era. */
  Elsewhere recovered(CausalToken follows, long last) {
    var then = following(follows);
    return then.era >= last
        ? then
        : new Elsewhere(here, last, then.followed, implied, merged, claims);
  }

  /** What is followed since then, and was not before. */
  CausalToken since(Elsewhere before) {
    if (followed.equals(before.followed)) {
      return CausalToken.NONE;
    }
    var more = CausalToken.NONE;
    for (int other = 0; other < followed.shards().size(); other++) {
      more = more.with(other, followed.changes(other).since(before.followed.changes(other)));
    }
    return more;
  }

  /**
   * The replica of another shard has what was awaited.
   *
   * @param changes all that it has merged, or what was awaited of changes that do not count so yet
   * @param follows what that follows
   */
  Elsewhere reached(Effect.Await awaited, VersionVector changes, CausalToken follows) {
    if (!awaited.isMerged()) {
      return with(
          claims.stream()
              .map(it -> it.reached(awaited.shard(), awaited.changes(), follows))
              .toList());
    }
    return new Elsewhere(
        here,
        era,
        followed,
        implied.merge(partOf(follows)),
        merged.merge(CausalToken.of(awaited.shard(), awaited.changes().merge(changes))),
        claims);
  }

  /** With one claim more; the oldest may be given up. */
  Elsewhere with(Claim claim) {
    var then = new ArrayList<>(claims);
    then.removeIf(it -> it.isLike(claim)); // anew: what it was found to need may be lost
    then.add(claim);
    return with(then.subList(Math.max(0, then.size() - CLAIMS_MAX), then.size()));
  }

  private Elsewhere with(List<Claim> then) {
    return new Elsewhere(here, era, followed, implied, merged, List.copyOf(then));
  }

  /** What claims need is asked anew. */
  Elsewhere anew() {
    return claims.isEmpty() ? this : with(claims.stream().map(Claim::anew).toList());
  }

  Elsewhere without(Claim claim) {
    return with(claims.stream().filter(it -> !it.isLike(claim)).toList());
  }

  /** Without claims of what is merged. */
  Elsewhere withoutClaims(VersionVector all) {
    return claims.isEmpty()
        ? this
        : with(claims.stream().filter(it -> !it.upTo().isPartOf(all)).toList());
  }

  /** Without claims: a new generation has begun. */
  Elsewhere withoutClaims() {
    return with(List.of());
  }
}
