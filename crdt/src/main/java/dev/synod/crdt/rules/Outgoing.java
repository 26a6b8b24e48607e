package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica tells the others of its own changes (Almeida et al. 2018, algorithm 2: each gets
 * the interval that it has not acknowledged). Immutable.
 *
 * @param self the replica
 * @param log its last changes
 * @param acknowledged of each other replica, up to where it has them
 * @param sent up to where they were sent to it; never below what it has
 * @param filled gaps that were filled since the last {@link #resend}, by where they begin: each
 *     message behind a lost one tells of the same gap
 */
record Outgoing(
    ReplicaId self,
    Limits limits,
    ChangeLog log,
    SortedMap<ReplicaId, Long> acknowledged,
    SortedMap<ReplicaId, Long> sent,
    SortedMap<ReplicaId, Long> filled) {

  Outgoing {
    acknowledged = Collections.unmodifiableSortedMap(new TreeMap<>(acknowledged));
    sent = Collections.unmodifiableSortedMap(new TreeMap<>(sent));
    filled = Collections.unmodifiableSortedMap(new TreeMap<>(filled));
  }

  static Outgoing to(List<ReplicaId> others, ReplicaId self, Limits limits) {
    var none = new TreeMap<ReplicaId, Long>();
    others.forEach(other -> none.put(other, 0L));
    return new Outgoing(self, limits, ChangeLog.EMPTY, none, none, Collections.emptySortedMap());
  }

  /** What is to be sent, and what will have been sent then. */
  record Sending(Outgoing after, List<Effect> effects) {}

  Outgoing with(OwnChange<?> change) {
    var longer = log.with(change);
    return withLog(longer.from(longer.last() - limits.changesKept() + 1));
  }

  private Outgoing withLog(ChangeLog changed) {
    return new Outgoing(self, limits, changed, acknowledged, sent, filled);
  }

  private Outgoing withSent(ReplicaId to, long upTo) {
    var changed = new TreeMap<>(sent);
    changed.put(to, upTo);
    return new Outgoing(self, limits, log, acknowledged, changed, filled);
  }

  /** How many others have all changes up to that one. */
  int holders(long number) {
    return (int) acknowledged.values().stream().filter(upTo -> upTo >= number).count();
  }

  /** All that was not sent yet, to everybody. */
  Sending flush() {
    var effects = new ArrayList<Effect>();
    var after = this;
    for (ReplicaId other : acknowledged.keySet()) {
      after = after.flush(other, effects);
    }
    return new Sending(after, effects);
  }

  private Outgoing flush(ReplicaId to, List<Effect> effects) {
    long next = sent.getOrDefault(to, 0L) + 1;
    if (next < log.first()) {
      effects.add(new Effect.Send(to, new Trimmed(self, log.first())));
      next = log.first();
    }
    while (next <= log.last()) {
      long end = Math.min(log.last(), next + limits.changesPerMessageMax() - 1);
      effects.add(new Effect.Send(to, new Deltas(self, next, end, deltas(next, end))));
      next = end + 1;
    }
    return withSent(to, next - 1);
  }

  private List<KeyedDelta> deltas(long first, long end) {
    var deltas = new ArrayList<KeyedDelta>();
    log.between(first, end)
        .forEach(
            (key, joined) ->
                deltas.add(new KeyedDelta(key, joined.number(), joined.change().encoded())));
    return deltas;
  }

  /** Sends again what was sent and not acknowledged: it may be lost. */
  Sending resend() {
    return new Outgoing(self, limits, log, acknowledged, acknowledged, Collections.emptySortedMap())
        .flush();
  }

  /** Another has all up to there; changes that all have are kept no longer. */
  Sending acknowledged(Acknowledged message) {
    var before = acknowledged.get(message.from());
    if (before == null || message.upTo() > log.last()) {
      return new Sending(this, List.of());
    }
    long upTo = Math.max(before, message.upTo());
    var have = new TreeMap<>(acknowledged);
    have.put(message.from(), upTo);
    long sentUpTo = Math.max(sent.getOrDefault(message.from(), 0L), upTo);
    var after =
        new Outgoing(self, limits, log.from(Collections.min(have.values()) + 1), have, sent, filled)
            .withSent(message.from(), sentUpTo);
    return message.isGap() && upTo == message.upTo()
        ? after.fillGap(message.from(), upTo)
        : new Sending(after, List.of());
  }

  private Sending fillGap(ReplicaId of, long upTo) {
    if (filled.getOrDefault(of, -1L) == upTo) {
      return new Sending(this, List.of());
    }
    var filledThen = new TreeMap<>(filled);
    filledThen.put(of, upTo);
    var after = new Outgoing(self, limits, log, acknowledged, sent, filledThen);
    if (upTo + 1 < log.first()) {
      return new Sending(after, List.of(new Effect.Send(of, new Trimmed(self, log.first()))));
    }
    var effects = new ArrayList<Effect>();
    return new Sending(after.withSent(of, upTo).flush(of, effects), effects);
  }
}
