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
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.protocol.Standing;
import java.util.ArrayList;
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
    long questions)
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
        0);
  }

  Replication with(KeySpace changed, VersionVector all) {
    return new Replication(
        self, standing, families, limits, changed, dots, all, outgoing, held, search, questions);
  }

  private Replication with(Outgoing changed) {
    return new Replication(
        self, standing, families, limits, keys, dots, merged, changed, held, search, questions);
  }

  Replication with(Held changed) {
    return new Replication(
        self, standing, families, limits, keys, dots, merged, outgoing, changed, search, questions);
  }

  private Replication with(Optional<Search> changed, long count) {
    return new Replication(
        self, standing, families, limits, keys, dots, merged, outgoing, held, changed, count);
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

  /**
   * This replica's own changes from that number on, as far as they are kept, in their order: for
   * one that goes on under another id to make them anew.
   */
  public List<Inherited<?>> changesAfter(long number) {
    return outgoing.log().changesAfter(number);
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
    return new CausalToken(standing.dated(seen(key)));
  }

  private VersionVector seen(String key) {
    var version = version(key);
    return standing.folded(version.isPartOf(merged) ? merged : merged.merge(version));
  }

  /** Whether all that somebody has seen is merged here. */
  public boolean has(CausalToken token) {
    return standing.covers(merged, token.changes());
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

  /**
   * Changes a value here. The others are told by {@link #flush}.
   *
   * @param delta of the value, made from it
   * @throws IllegalArgumentException if the key is of another family, or the key or what is new
   *     can't be written as bytes: then nothing is changed
   */
  public <T extends Lattice<T>> Step update(Family<T> family, String key, UnaryOperator<T> delta) {
    var entry = families.entry(family, key, keys);
    var made = delta.apply(Sweep.seenBy(self, dots, entry.value()));
    var change = OwnChange.of(key, family, made, seen(key));
    var numbered = new Dot(self, lastChange() + 1);
    var changed = entry.merge(change.delta(), VersionVector.EMPTY.with(numbered));
    var after = with(keys.with(key, changed), merged.with(numbered)).with(outgoing.with(change));
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
    var sending = outgoing.resend(busy);
    var after = with(sending.after());
    var effects = new ArrayList<>(sending.effects());
    var sender =
        held.waiting().keySet().stream()
            .filter(it -> outgoing.others().containsKey(it))
            .findFirst();
    if (search.isEmpty() && sender.isPresent()) {
      var step = after.search(sender.get());
      effects.addAll(step.effects());
      return new Step(step.after(), effects);
    }
    search.filter(it -> !busy.test(it.with())).ifPresent(it -> effects.add(ask(it)));
    return new Step(after, effects);
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

  private Effect ask(Search begun) {
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
  public Step deltas(Deltas told) {
    var message = told.after(standing.folded(told.after()));
    long have = merged.get(message.from());
    long reach = held.reach(message.from(), merged);
    if (message.last() <= have || message.first() > reach + 1) {
      boolean isGap = message.first() > reach + 1;
      return new Step(this, List.of(acknowledgement(message.from(), isGap)));
    }
    if (message.last() <= reach) {
      return new Step(this, List.of());
    }
    if (held.isEmpty() && Held.isFulfilled(message, merged)) {
      return Delivery.of(this, List.of(message), Held.NONE);
    }
    var ready = held.with(message).ready(merged);
    return ready.rest().size() <= limits.heldMax()
        ? Delivery.of(this, ready.now(), ready.rest())
        : new Step(this, List.of());
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
    var answer = Searching.answer(self, message, merged, keys, limits.bytesPerMessageMax());
    return new Step(this, List.of(new Effect.Send(message.from(), answer)));
  }

  /**
   * Values are merged whichever question they answer: one that takes longer to answer than a search
   * has patience would never be over else.
   */
  @Override
  public Step told(Told message) {
    boolean isOurs =
        search
            .filter(it -> it.session() == message.session() && it.with().equals(message.from()))
            .isPresent();
    var merging = new Merging(families, keys, message.from());
    for (var value : message.values()) {
      merging.merge(value.key(), value.version(), value.value(), value.read());
    }
    if (!isOurs) { // too late for the search, yet not in vain; what is claimed is left to the
      // search
      return new Step(with(merging.keys(), merged), List.copyOf(merging.effects()));
    }
    var further = Searching.further(search.orElseThrow(), message, merging, questions + 1);
    var effects = merging.effects();
    if (!further.isOver()) {
      var after = with(merging.keys(), merged).with(Optional.of(further), questions + 1);
      effects.add(after.ask(further));
      return new Step(after, effects);
    }
    var mergedThen = further.isWhole() ? merged.merge(further.upTo().orElseThrow()) : merged;
    var found = with(merging.keys(), mergedThen).with(Optional.empty(), questions);
    var ready = held.ready(mergedThen);
    var step = Delivery.of(found, ready.now(), ready.rest());
    effects.addAll(step.effects());
    outgoing.others().keySet().forEach(it -> effects.add(step.after().acknowledgement(it, false)));
    return new Step(step.after(), effects);
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
    var entry = keys.get(message.key());
    Optional<KeyedValue> newer =
        entry == null || entry.version().isPartOf(message.version())
            ? Optional.empty()
            : Optional.of(new KeyedValue(message.key(), entry.version(), entry.encoded()));
    return new Step(
        this,
        List.of(new Effect.Send(message.from(), new Fetched(self, message.request(), newer))));
  }

  /** A whole value; what else its changes follow may still be missing here. */
  @Override
  public Step fetched(Fetched message) {
    var merging = new Merging(families, keys, message.from());
    message.value().ifPresent(it -> merging.merge(it.key(), it.version(), it.value(), it.read()));
    return new Step(with(merging.keys(), merged), merging.effects());
  }
}
