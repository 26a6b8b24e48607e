package dev.synod.crdt.ladder;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A node's replica that is another one, has no time, or does not answer, as a test says. */
final class ScriptedReplica {

  private final Map<String, Lattice<?>> values = new HashMap<>();
  private final List<ToReplicator> kept = new ArrayList<>();
  private ReplicaId self;
  private Optional<String> busy = Optional.empty();
  private Predicate<ToReplicator> isKept = message -> false;

  ScriptedReplica(ReplicaId self) {
    this.self = self;
  }

  /** From now on it is another one, with an empty memory. */
  synchronized void becomes(ReplicaId other) {
    self = other;
    values.clear();
  }

  /** It tries nothing and gives that reason, if there is one. */
  synchronized void isBusy(Optional<String> reason) {
    busy = reason;
  }

  /** What it does not answer before {@link #goOn}. */
  synchronized void keeps(Predicate<ToReplicator> which) {
    isKept = which;
  }

  /** What it has not answered. */
  synchronized List<ToReplicator> kept() {
    return List.copyOf(kept);
  }

  /** Answers all of that now. */
  synchronized void goOn() {
    isKept = message -> false;
    kept.forEach(this::answer);
    kept.clear();
  }

  Behavior<ToReplicator> behavior() {
    return Behaviors.receiveMessage(
        message -> {
          heard(message);
          return Behaviors.same();
        });
  }

  private synchronized void heard(ToReplicator message) {
    if (isKept.test(message)) {
      kept.add(message);
    } else {
      answer(message);
    }
  }

  private void answer(ToReplicator message) {
    if (message instanceof Describe describe) {
      describe
          .replyTo()
          .tell(
              new Description(
                  self,
                  Standing.NONE,
                  Collections.emptySortedMap(),
                  VersionVector.EMPTY,
                  values.size(),
                  0,
                  false,
                  0,
                  0));
    } else if (message instanceof Update<?> update) {
      busy.ifPresentOrElse(update::refuse, () -> update(update));
    } else if (message instanceof Get<?> get) {
      busy.ifPresentOrElse(get::refuse, () -> get(get));
    }
  }

  private <T extends Lattice<T>> void update(Update<T> update) {
    try {
      var value = value(update.key(), update.family().empty());
      values.put(update.key(), value.merge(update.change().apply(value, self)));
      update.replyTo().tell(new UpdateOutcome.Written(1, CausalToken.NONE));
    } catch (RuntimeException e) {
      update.refuse("nothing was changed: " + e.getMessage());
    }
  }

  private <T extends Lattice<T>> void get(Get<T> get) {
    var value = value(get.key(), get.family().empty());
    get.replyTo().tell(new ReadOutcome.Found<>(value, 1, CausalToken.NONE));
  }

  @SuppressWarnings("unchecked") // a key's values are of one type
  private <T extends Lattice<T>> T value(String key, T empty) {
    var known = values.get(key);
    return known == null ? empty : (T) known;
  }
}
