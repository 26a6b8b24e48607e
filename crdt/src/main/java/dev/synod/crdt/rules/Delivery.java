package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.rules.Elsewhere.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What becomes of what others tell once all that it follows is merged. */
final class Delivery {

  private Delivery() {}

  /**
   * Merges these intervals, which follow nothing else.
   *
   * @param rest those that go on waiting
   */
  static Step of(Replication before, List<Deltas> intervals, Held rest) {
    var keysThen = before.keys();
    var mergedThen = before.merged();
    var elsewhere = before.elsewhere();
    var effects = new ArrayList<Effect>();
    var refused = new TreeSet<ReplicaId>();
    for (var interval : intervals) {
      var merging = new Merging(before.families(), keysThen, interval.from());
      for (var delta : interval.deltas()) {
        merging.merge(
            delta.key(),
            VersionVector.of(interval.from(), delta.number()),
            delta.delta(),
            delta.read());
      }
      keysThen = merging.keys();
      if (merging.isRefused()) {
        refused.add(interval.from());
      }
      if (!refused.contains(interval.from())) { // nothing behind a gap counts
        mergedThen = mergedThen.with(new Dot(interval.from(), interval.last()));
        elsewhere = elsewhere.following(elsewhere.partOf(interval.elsewhere()));
      }
      effects.addAll(merging.effects());
    }
    var after = before.with(keysThen, mergedThen).with(rest).with(elsewhere);
    intervals.stream()
        .filter(it -> !it.isContinued())
        .map(Deltas::from)
        .distinct()
        .forEach(from -> effects.add(after.acknowledgement(from, false)));
    return new Step(after, effects);
  }

  /** Intervals have come in one message: each is taken as if it had come by itself. */
  static Step of(Replication before, Intervals message) {
    var after = before;
    var effects = new ArrayList<Effect>();
    for (var interval : message.intervals()) {
      var step = after.receive(interval);
      after = step.after();
      effects.addAll(step.effects());
    }
    var from = message.from();
    boolean isMore = after.merged().get(from) > before.merged().get(from);
    if (isMore && !effects.contains(after.acknowledgement(from, true))) {
      effects.add(after.acknowledgement(from, false));
    }
    return new Step(after, withLastAcknowledgements(effects));
  }

  /** One answer says what those before it said. */
  private static List<Effect> withLastAcknowledgements(List<Effect> effects) {
    var answered = new TreeSet<ReplicaId>();
    var left = new ArrayList<Effect>();
    for (int i = effects.size() - 1; i >= 0; i--) {
      boolean isSaid =
          effects.get(i) instanceof Effect.Send send
              && send.message() instanceof Acknowledged
              && !answered.add(send.to());
      if (!isSaid) {
        left.add(effects.get(i));
      }
    }
    Collections.reverse(left);
    return left;
  }

  /** An interval has come. */
  static Step of(Replication before, Deltas interval) {
    var from = interval.from();
    long have = before.merged().get(from);
    long reach = before.held().reach(from, before.merged());
    if (interval.last() <= have || interval.first() > reach + 1) {
      boolean isGap = interval.first() > reach + 1;
      return new Step(before, List.of(before.acknowledgement(from, isGap)));
    }
    if (interval.last() <= reach || before.elsewhere().isStrange(interval.elsewhere())) {
      return new Step(before, List.of());
    }
    return next(before, interval);
  }

  /** It is next to what is merged or waits of its sender. */
  private static Step next(Replication before, Deltas interval) {
    var missing = before.elsewhere().missing(interval.elsewhere());
    boolean isNext = missing.isEmpty() && Held.isFulfilled(interval, before.merged());
    if (before.held().isEmpty() && isNext) {
      return of(before, List.of(interval), Held.NONE);
    }
    var ready = before.held().with(interval).ready(before.merged(), before.elsewhere());
    if (ready.rest().size() > before.limits().heldMax()) {
      return new Step(before, List.of());
    }
    return of(before, ready.now(), ready.rest()).and(awaited(missing, true));
  }

  /** All that is waited for in other shards. */
  static List<Effect> awaited(Replication replication) {
    var elsewhere = replication.elsewhere();
    var awaited = new ArrayList<Effect>();
    for (var intervals : replication.held().waiting().values()) {
      intervals.forEach(it -> awaited.addAll(awaited(elsewhere.missing(it.elsewhere()), true)));
    }
    elsewhere.claims().forEach(it -> awaited.addAll(awaited(elsewhere.absent(it), false)));
    return awaited;
  }

  /** That is to be waited for. */
  static List<Effect> awaited(List<Part> parts, boolean isMerged) {
    return parts.stream()
        .<Effect>map(it -> new Effect.Await(it.shard(), it.changes(), isMerged))
        .toList();
  }

  /**
   * A search has brought all values up to there. They count as merged once what they follow in
   * other shards has come to this node: values are enough there, as two shards that are searched
   * for may follow each other.
   */
  static Step of(Replication found, Claim claim) {
    boolean isMore = !claim.upTo().isPartOf(found.merged());
    if (isMore && !isTrue(found, claim)) {
      var waiting = found.with(found.elsewhere().with(claim));
      return new Step(waiting, awaited(found.elsewhere().absent(claim), false));
    }
    return come(found, isMore ? claim : Claim.NOTHING);
  }

  private static boolean isTrue(Replication found, Claim claim) {
    int here = found.elsewhere().here().number();
    return found.elsewhere().absent(claim).isEmpty()
        && found.standing().covers(found.merged().merge(claim.upTo()), claim.needs().changes(here));
  }

  private static Step come(Replication found, Claim claim) {
    var mergedThen = found.merged().merge(claim.upTo());
    var known = found.elsewhere().without(claim).withoutClaims(mergedThen);
    var elsewhere =
        claim.upTo().isEmpty() ? known : known.parted().following(known.partOf(claim.follows()));
    var ready = found.held().ready(mergedThen, elsewhere);
    var step = of(found.with(found.keys(), mergedThen).with(elsewhere), ready.now(), ready.rest());
    return step.and(
        step.after().outgoing().others().keySet().stream()
            .map(other -> step.after().acknowledgement(other, false))
            .toList());
  }

  /** All claims that are true by now count as merged. */
  static Step claimed(Replication before) {
    var step = new Step(before, List.of());
    for (var claim : before.elsewhere().claims()) {
      if (isTrue(step.after(), claim)) {
        step = come(step.after(), claim).after(step.effects());
      }
    }
    return step;
  }

  /** See {@link Replication#reached}. */
  static Optional<Reached> answer(Replication replication, Effect.Await awaited) {
    var standing = replication.standing();
    var merged = replication.merged();
    var elsewhere = replication.elsewhere();
    if (standing.covers(merged, awaited.changes())) {
      var follows = awaited.isMerged() ? elsewhere.followed() : CausalToken.NONE;
      return Optional.of(new Reached(awaited, merged, follows));
    }
    for (int i = elsewhere.claims().size() - 1; i >= 0 && !awaited.isMerged(); i--) {
      var claim = elsewhere.claims().get(i); // the last ones first: others may need what is lost
      if (standing.covers(merged.merge(claim.upTo()), awaited.changes())) {
        return Optional.of(new Reached(awaited, awaited.changes(), claim.follows()));
      }
    }
    return Optional.empty();
  }

  /** See {@link Replication#take(Reached)}. */
  static Step reached(
      Replication before, Effect.Await awaited, VersionVector changes, CausalToken follows) {
    var claimed = claimed(before.with(before.elsewhere().reached(awaited, changes, follows)));
    var after = claimed.after();
    var ready = after.held().ready(after.merged(), after.elsewhere());
    var step = of(after, ready.now(), ready.rest()).after(claimed.effects());
    var further = after.elsewhere().claims().stream();
    return awaited.isMerged()
        ? step
        : step.and(
            further
                .flatMap(it -> awaited(after.elsewhere().absent(it), false).stream())
                .filter(it -> !it.equals(awaited))
                .toList());
  }
}
