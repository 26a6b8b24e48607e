package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.protocol.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One replica of all values by key. Immutable: each input gives the next one and effects.
 *
 * @param self the replica
 * @param standing who has replicas, as far as that is decided and known here
 * @param families which keys have which type
 * @param keys all values
 * @param dots the highest number of a dot of this replica of which nothing is kept
 * @param merged of each replica, up to which of its changes all are merged here
 * @param outgoing what the others still have to be told
 * @param held what came before what it follows
 * @param search for what another has and this one lacks, if one is under way
 * @param questions how many were asked in searches
 * @param elsewhere what is known of the node's replicas of other shards
 */
public record Replication(
    ReplicaId self,
    Standing standing,
    Families families,
    Limits limits,
    KeySpace keys,
    long dots,
    VersionVector merged,
    Outgoing outgoing,
    Held held,
    Optional<Search> search,
    long questions,
    Elsewhere elsewhere)
    implements ReplicationMessage.Receiver<Step> {

  /** A replica without values; its id was never used before. */
  public static Replication of(
      ReplicaId self, List<ReplicaId> others, List<Family<?>> families, Limits limits) {
    return new Replication(
        self,
        Standing.NONE,
        new Families(families),
        limits,
        KeySpace.EMPTY,
        0,
        VersionVector.EMPTY,
        Outgoing.to(others, self, limits),
        Held.NONE,
        Optional.empty(),
        0,
        Elsewhere.NOWHERE);
  }

  Replication with(KeySpace values, VersionVector all) {
    return with(values, all, outgoing, held, search, questions, elsewhere);
  }

  Replication with(Outgoing changed) {
    return with(keys, merged, changed, held, search, questions, elsewhere);
  }

  Replication with(Held changed) {
    return with(keys, merged, outgoing, changed, search, questions, elsewhere);
  }

  Replication with(Optional<Search> changed, long count) {
    return with(keys, merged, outgoing, held, changed, count, elsewhere);
  }

  Replication with(Elsewhere changed) {
    return changed.equals(elsewhere)
        ? this
        : with(keys, merged, outgoing, held, search, questions, changed);
  }

  private Replication with(
      KeySpace values,
      VersionVector all,
      Outgoing out,
      Held waiting,
      Optional<Search> searching,
      long count,
      Elsewhere others) {
    return new Replication(
        self, standing, families, limits, values, dots, all, out, waiting, searching, count,
        others);
  }

  /** The same, of one shard of the keys; the node has a replica of each. */
  public Replication of(Shard shard) {
    return with(Elsewhere.of(shard));
  }

  /** From now on that replica is told of changes, too. */
  public Replication joined(ReplicaId other) {
    return with(outgoing.joined(other));
  }

  /** That replica is gone for ever: it is told nothing, and asked nothing. */
  public Replication left(ReplicaId other) {
    var after = with(outgoing.left(other)).with(held.without(other));
    return isSearching(other) ? after.with(Optional.empty(), questions) : after;
  }

  /**
   * From now on that is known. In a new generation all that every member knows to be gone is
   * dropped, and whatever was on its way from the generation before: who sent it sends it again.
   * The others are to be those of the standing already.
   */
  public Replication at(Standing next) {
    return Sweep.at(this, next);
  }

  /** Its own changes after that number, for one that goes on under another id to make. */
  public List<Inherited<?>> changesAfter(long number) {
    return outgoing.log().changesAfter(number, keys);
  }

  /** How many after that number are not among them, as all members had them once. */
  public long lostAfter(long number) {
    return Math.max(0, outgoing.log().earlier().settled() - number);
  }

  /** The key's value, which is the family's empty one before the first change. */
  public <T extends Lattice<T>> T value(Family<T> family, String key) {
    return families.entry(family, key, keys).value();
  }

  /** Which changes are merged into the key's value. */
  public VersionVector version(String key) {
    var entry = keys.get(key);
    return entry == null ? VersionVector.EMPTY : entry.version();
  }

  /** Names all changes that whoever sees the key's value here may have seen. */
  public CausalToken token(String key) {
    return token(key, CausalToken.NONE);
  }

  /** The same, for one who has seen that in other shards. */
  public CausalToken token(String key, CausalToken before) {
    return before.with(elsewhere.here().number(), standing.dated(seen(key)));
  }

  private VersionVector seen(String key) {
    var version = version(key);
    return standing.folded(version.isPartOf(merged) ? merged : merged.merge(version));
  }

  /**
   * What a change of that key follows: what is seen there, and what the change before follows. A
   * value may have been ahead there of what is merged.
   */
  private VersionVector followed(String key) {
    var seen = seen(key);
    var before = outgoing.log().after(lastChange());
    return before.isPartOf(seen) ? seen : seen.merge(standing.foldedVersion(before));
  }

  /** Whether all that somebody has seen is merged here, and is known to be in other shards. */
  public boolean has(CausalToken token) {
    return standing.covers(merged, token.changes(elsewhere.here().number()))
        && elsewhere.has(token);
  }

  /** Whether the token is of a node that divides keys otherwise. */
  public boolean isStrange(CausalToken token) {
    return elsewhere.isStrange(token);
  }

  /** What a replica of another shard of this node that awaits that is to be told, if it is here. */
  public Optional<Reached> reached(Effect.Await awaited) {
    return Delivery.answer(this, awaited);
  }

  /** What the token names in other shards and is not known to be merged there is to be awaited. */
  public Step await(CausalToken token) {
    return new Step(this, Delivery.awaited(elsewhere.missing(token), true));
  }

  /** Another shard has what was awaited. */
  public Step take(Reached reached) {
    return Delivery.reached(this, reached.what(), reached.changes(), reached.follows());
  }

  /** Goes through all keys that have a value here and begin so. */
  public void forEachKey(String prefix, Consumer<String> each) {
    keys.forEach(
        (key, entry) -> {
          if (key.startsWith(prefix)) {
            each.accept(key);
          }
        });
  }

  /** Whether the key is of that family. */
  public boolean isOf(Family<?> family, String key) {
    return families.of(key).filter(family::equals).isPresent();
  }

  /** How many keys have a value here. */
  public int keyCount() {
    return keys.size();
  }

  /**
   * A number that is equal where all keys and their versions are, and differs where they are not,
   * but for an accident of one in 2^64.
   */
  public long digest() {
    return keys.sum(KeySpace.ROOT);
  }

  /** How many other replicas are known to have all changes of this one up to that number. */
  public int holders(long number) {
    return outgoing.holders(number);
  }

  /** Up to which of its changes so many other replicas are known to have all. */
  public long reached(int holders) {
    return outgoing.reached(holders);
  }

  /** The number of the last change that was made here; 0 if there was none. */
  public long lastChange() {
    return outgoing.log().last();
  }

  /** Changes a value here, after nothing that would be in other shards. */
  public <T extends Lattice<T>> Step update(Family<T> family, String key, UnaryOperator<T> delta) {
    return update(family, key, CausalToken.NONE, delta);
  }

  /**
   * Changes a value here. The others are told by {@link #flush}.
   *
   * @param follows what it was made after; all of it {@linkplain #has is here}
   * @param delta of the value, made from it
   * @throws IllegalArgumentException if the key is of another family, or the key or what is new
   *     can't be written as bytes: then nothing is changed
   */
  public <T extends Lattice<T>> Step update(
      Family<T> family, String key, CausalToken follows, UnaryOperator<T> delta) {
    var entry = families.entry(family, key, keys);
    var made = delta.apply(Sweep.seenBy(self, dots, entry.value()));
    var known = version(key).isPartOf(merged) ? elsewhere : elsewhere.parted();
    var then = known.following(known.partOf(follows));
    var change = OwnChange.of(key, family, made, followed(key), then.since(elsewhere), then.era());
    var numbered = new Dot(self, lastChange() + 1);
    var changed = entry.merge(change.delta(), VersionVector.EMPTY.with(numbered));
    var values = keys.with(key, changed);
    var told = outgoing.with(change, values);
    var after = with(values, merged.with(numbered)).with(told).with(then);
    return new Step(after, List.of(new Effect.Changed(key)));
  }

  /** Tells the others of all changes that they were not told of yet. */
  public Step flush() {
    return sent(outgoing.flush());
  }

  /** The way to that replica is full: what it is to be told of changes waits for {@link #free}. */
  public Replication full(ReplicaId other) {
    return with(outgoing.full(other));
  }

  /** There is room again on the way to that replica: it is told what had to wait. */
  public Step free(ReplicaId other) {
    return sent(outgoing.free(other));
  }

  private Step sent(Outgoing.Sending sending) {
    return new Step(with(sending.after()), sending.effects());
  }

  /**
   * Some time has passed: what was sent or asked and not answered is sent or asked again. Begins to
   * look for what the held intervals follow, with one who has sent them and is still there: whoever
   * has made that may be gone.
   *
   * @param busy others that something large is on its way to or from: these are left alone
   */
  public Step resend(Predicate<ReplicaId> busy) {
    return Searching.again(this, busy);
  }

  /** Begins to look for what that replica has and this one lacks, in place of any other search. */
  public Step search(ReplicaId with) {
    var begun = Search.of(questions + 1, with);
    return new Step(with(Optional.of(begun), questions + 1), List.of(ask(begun)));
  }

  /** Whether it looks for what that replica has. */
  public boolean isSearching(ReplicaId with) {
    return search.filter(it -> it.with().equals(with)).isPresent();
  }

  Effect ask(Search begun) {
    return new Effect.Send(
        begun.with(), Searching.question(self, begun, keys, limits.nodesPerMessageMax()));
  }

  /** Takes a message of another replica. */
  public Step receive(ReplicationMessage message) {
    return message.to(this);
  }

  /**
   * An interval is merged only if all before it is: then nobody sees a change of the sender's and
   * not those which it made before (the causal delta-merging condition, Almeida et al. 2018, §6),
   * nor those of others that the sender had seen before. It waits for these.
   */
  @Override
  public Step deltas(Deltas message) {
    return Delivery.of(this, message.after(standing.foldedVersion(message.after())));
  }

  @Override
  public Step intervals(Intervals message) {
    return Delivery.of(this, message);
  }

  Effect acknowledgement(ReplicaId to, boolean isGap) {
    return new Effect.Send(to, new Acknowledged(self, merged.get(to), isGap));
  }

  @Override
  public Step acknowledged(Acknowledged message) {
    return sent(outgoing.acknowledged(message));
  }

  /**
   * What is missing comes by a search, unless one is under way. If nothing is, the sender does not
   * know that, as it has started again.
   */
  @Override
  public Step trimmed(Trimmed message) {
    if (merged.get(message.from()) + 1 >= message.first()) {
      return new Step(this, List.of(acknowledgement(message.from(), false)));
    }
    return search.isEmpty() ? search(message.from()) : new Step(this, List.of());
  }

  @Override
  public Step ask(Ask message) {
    var answer =
        Searching.answer(
            self, message, merged, elsewhere.followed(), keys, limits.bytesPerMessageMax());
    return new Step(this, List.of(new Effect.Send(message.from(), answer)));
  }

  @Override
  public Step told(Told message) {
    return Searching.told(this, message);
  }

  /**
   * Asks other replicas for a key's value.
   *
   * @param request tells answers to this question from those to others
   */
  public Step fetch(long request, String key, Collection<ReplicaId> from) {
    var question = new Fetch(self, request, key, version(key));
    return new Step(this, from.stream().<Effect>map(it -> new Effect.Send(it, question)).toList());
  }

  @Override
  public Step fetch(Fetch message) {
    return Searching.answer(this, message);
  }

  /** A whole value; what else its changes follow may still be missing here. */
  @Override
  public Step fetched(Fetched message) {
    var merging = new Merging(families, keys, message.from());
    message.value().ifPresent(it -> merging.merge(it.key(), it.version(), it.value(), it.read()));
    return new Step(with(merging.keys(), merged), merging.effects());
  }
}
