package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Inherited;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two replicas change a value; from some moment on the one is not heard by the other any more,
 * while it makes more changes than it keeps one by one. Then it is evicted.
 */
final class Eviction<T extends Lattice<T>, O> {

  private static final String KEY = "k";
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId OTHER = new ReplicaId(2);

  private final TypeContract<T, O> type;
  private final Random random;
  private final Family<T> family;
  private final List<T> unheard = new ArrayList<>();
  private Replication one;
  private Replication other;
  private boolean isHeard = true;

  Eviction(TypeContract<T, O> type, Random random) {
    this.type = type;
    this.random = random;
    this.family = new Family<>("", type.codec(), type.empty());
    this.one = replica(ONE, OTHER, 1 + random.nextInt(4));
    this.other = replica(OTHER, ONE, 100);
  }

  private Replication replica(ReplicaId self, ReplicaId peer, int changesKept) {
    var members = new TreeMap<>(Map.of("one", ONE, "other", OTHER));
    var standing =
        new Standing(
            2, 0, 3, VersionVector.EMPTY, members, new TreeSet<>(), VersionVector.EMPTY, 0);
    var limits = new Limits(changesKept, 100, 100, 10_000, 100, 100);
    return Replication.of(self, List.of(peer), List.of(family), limits).at(standing);
  }

  /** What the other has in the end, if it is told of so many changes at once. */
  record End<T>(T byChanges, T byWhatIsHandedOver) {}

  /**
   * Runs it.
   *
   * @param isForgetful whether the other has forgotten what was removed there
   */
  End<T> run(int steps, boolean isForgetful) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    tell();
    isHeard = false;
    long known = one.lastChange();
    for (int i = 0; i < steps; i++) {
      step();
    }
    var there = other.value(family, KEY);
    if (isForgetful && there instanceof Dotted<?, ?> dotted) {
      @SuppressWarnings("unchecked") // of its own type
      var less = (T) dotted.without(id -> true);
      there = less;
    }
    var byChanges = there;
    for (var delta : unheard) {
      byChanges = byChanges.merge(delta);
    }
    var handedOver = there;
    for (var change : one.changesAfter(known)) {
      handedOver = handedOver.merge(delta(change));
    }
    return new End<>(byChanges, handedOver);
  }

  @SuppressWarnings("unchecked") // there is one family
  private T delta(Inherited<?> change) {
    return ((Inherited<T>) change).delta();
  }

  private void step() {
    switch (random.nextInt(4)) {
      case 0, 1 -> one = change(one);
      case 2 -> other = change(other);
      default -> tell();
    }
    if (isHeard) {
      tell(); // before it keeps some of its changes no longer
    }
  }

  private Replication change(Replication replica) {
    var value = replica.value(family, KEY);
    var made = type.delta(value, replica.self(), type.draw(random, value, replica.self()));
    if (made.isEmpty()) {
      return replica;
    }
    if (!isHeard && replica.self().equals(ONE)) {
      unheard.add(made.get());
    }
    return replica.update(family, KEY, it -> made.get()).after();
  }

  /** All that is new, as far as it is heard, until nothing more is said. */
  private void tell() {
    take(one.resend(it -> false));
    take(other.resend(it -> false));
  }

  private void take(Step step) {
    boolean isOne = step.after().self().equals(ONE);
    one = isOne ? step.after() : one;
    other = isOne ? other : step.after();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send && (isHeard || !isOne)) {
        take((isOne ? other : one).receive(send.message()));
      }
    }
  }
}
