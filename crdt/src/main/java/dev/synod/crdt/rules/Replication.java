package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One replica of all values by key. Immutable: each input gives the next one and effects.
 *
 * @param self the replica
 * @param families which keys have which type
 * @param keys all values
 * @param merged of each replica, up to which of its changes all are merged here
 * @param outgoing what the others still have to be told
 * @param search for what another has and this one lacks, if one is under way
 * @param searches how many there were
 */
public record Replication(
    ReplicaId self,
    Families families,
    Limits limits,
    KeySpace keys,
    VersionVector merged,
    Outgoing outgoing,
    Optional<Search> search,
    long searches)
    implements ReplicationMessage.Receiver<Step> {

  /** A replica without values; its id was never used before. */
  public static Replication of(
      ReplicaId self, List<ReplicaId> others, List<Family<?>> families, Limits limits) {
    return new Replication(
        self,
        new Families(families),
        limits,
        KeySpace.EMPTY,
        VersionVector.EMPTY,
        Outgoing.to(others, self, limits),
        Optional.empty(),
        0);
  }

  private Replication with(KeySpace changed, VersionVector mergedThen) {
    return new Replication(self, families, limits, changed, mergedThen, outgoing, search, searches);
  }

  private Replication with(Outgoing changed) {
    return new Replication(self, families, limits, keys, merged, changed, search, searches);
  }

  private Replication with(Optional<Search> changed, long count) {
    return new Replication(self, families, limits, keys, merged, outgoing, changed, count);
  }

  /** The key's value, which is the family's empty one before the first change. */
  public <T extends Lattice<T>> T value(Family<T> family, String key) {
    return families.entry(family, key, keys).value();
  }

  /** How many other replicas are known to have all changes of this one up to that number. */
  public int holders(long number) {
    return outgoing.holders(number);
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
    var change = new OwnChange<>(key, family, delta.apply(entry.value()));
    change.requireBytes();
    var numbered = new Dot(self, lastChange() + 1);
    var changed = entry.merge(change.delta(), VersionVector.EMPTY.with(numbered));
    var after = with(keys.with(key, changed), merged.with(numbered)).with(outgoing.with(change));
    return new Step(after, List.of(new Effect.Changed(key)));
  }

  /** Tells the others of all changes that they were not told of yet. */
  public Step flush() {
    return sent(outgoing.flush());
  }

  private Step sent(Outgoing.Sending sending) {
    return new Step(with(sending.after()), sending.effects());
  }

  /** Some time has passed: what was sent or asked and not answered is sent or asked again. */
  public Step resend() {
    var sending = outgoing.resend();
    var effects = new ArrayList<>(sending.effects());
    search.ifPresent(it -> effects.add(ask(it)));
    return new Step(with(sending.after()), effects);
  }

  /** Begins to look for what that replica has and this one lacks, in place of any other search. */
  public Step search(ReplicaId with) {
    var begun = Search.of(searches + 1, with);
    return new Step(with(Optional.of(begun), searches + 1), List.of(ask(begun)));
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
   * not those which it made before (the causal delta-merging condition, Almeida et al. 2018, §6).
   */
  @Override
  public Step deltas(Deltas message) {
    long have = merged.get(message.from());
    if (message.last() <= have || message.first() > have + 1) {
      boolean isGap = message.first() > have + 1;
      return new Step(this, List.of(acknowledgement(message.from(), isGap)));
    }
    var merging = new Merging(families, keys, message.from());
    for (var delta : message.deltas()) {
      merging.merge(delta.key(), VersionVector.of(message.from(), delta.number()), delta.delta());
    }
    var mergedThen =
        merging.isRefused() ? merged : merged.with(new Dot(message.from(), message.last()));
    var after = with(merging.keys(), mergedThen);
    var effects = merging.effects();
    effects.add(after.acknowledgement(message.from(), false));
    return new Step(after, effects);
  }

  private Effect acknowledgement(ReplicaId to, boolean isGap) {
    return new Effect.Send(to, new Acknowledged(self, merged.get(to), isGap));
  }

  @Override
  public Step acknowledged(Acknowledged message) {
    return sent(outgoing.acknowledged(message));
  }

  /** What is missing comes by a search, unless one is under way. */
  @Override
  public Step trimmed(Trimmed message) {
    boolean isMissing = merged.get(message.from()) + 1 < message.first();
    return isMissing && search.isEmpty() ? search(message.from()) : new Step(this, List.of());
  }

  @Override
  public Step ask(Ask message) {
    var answer = Searching.answer(self, message, merged, keys, limits.bytesPerMessageMax());
    return new Step(this, List.of(new Effect.Send(message.from(), answer)));
  }

  @Override
  public Step told(Told message) {
    boolean isOurs =
        search
            .filter(it -> it.session() == message.session() && it.with().equals(message.from()))
            .isPresent();
    if (!isOurs) {
      return new Step(this, List.of());
    }
    var merging = new Merging(families, keys, message.from());
    for (var value : message.values()) {
      merging.merge(value.key(), value.version(), value.value());
    }
    var further = Searching.further(search.orElseThrow(), message, merging);
    var effects = merging.effects();
    if (!further.isOver()) {
      var after = with(merging.keys(), merged).with(Optional.of(further), searches);
      effects.add(after.ask(further));
      return new Step(after, effects);
    }
    var mergedThen = further.isWhole() ? merged.merge(further.upTo().orElseThrow()) : merged;
    var after = with(merging.keys(), mergedThen).with(Optional.empty(), searches);
    outgoing.acknowledged().keySet().forEach(it -> effects.add(after.acknowledgement(it, false)));
    return new Step(after, effects);
  }
}
