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
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replicas change a value; from some moment on all but the last one are not heard by that one any
 * more, while they make more changes than they keep one by one. Then these are evicted at once.
 */
final class Eviction<T extends Lattice<T>, O> {

  private static final String KEY = "k";

  private final TypeContract<T, O> type;
  private final Random random;
  private final Family<T> family;
  private final int evicted;
  private final List<Replication> replicas = new ArrayList<>();
  private final List<T> unheard = new ArrayList<>();
  private final boolean[][] hears; // who, and whom
  private boolean isCut;

  /**
   * @param evicted how many; one more stays
   */
  Eviction(TypeContract<T, O> type, int evicted, Random random) {
    this.type = type;
    this.evicted = evicted;
    this.random = random;
    this.family = new Family<>("", type.codec(), type.empty());
    this.hears = new boolean[evicted + 1][evicted + 1];
    var members = new TreeMap<String, ReplicaId>();
    for (int i = 0; i <= evicted; i++) {
      members.put("n" + i, id(i));
    }
    var standing =
        new Standing(
            members.size(),
            0,
            members.size() + 1,
            VersionVector.EMPTY,
            members,
            new TreeSet<>(),
            VersionVector.EMPTY,
            0);
    for (int i = 0; i <= evicted; i++) {
      int kept = i == evicted ? 100 : 1 + random.nextInt(4);
      var limits = new Limits(kept, 100, 100, 10_000, 100, 100);
      var others = new ArrayList<>(members.values());
      others.remove(id(i));
      replicas.add(Replication.of(id(i), others, List.of(family), limits).at(standing));
    }
  }

  private static ReplicaId id(int place) {
    return new ReplicaId(place + 1);
  }

  /** What the one that stays has in the end, if it is told of so many changes at once. */
  record End<T>(T byChanges, T byWhatIsHandedOver) {}

  /**
   * Runs it.
   *
   * @param isForgetful whether the one that stays has forgotten what was removed there
   */
  End<T> run(int steps, boolean isForgetful) {
    for (int i = 0; i < steps; i++) {
      step();
      tellAll(); // before one keeps some of its changes no longer
    }
    cut();
    var known = replicas.stream().map(Replication::lastChange).toList();
    for (int i = 0; i < steps; i++) {
      step();
    }
    var there = replicas.get(evicted).value(family, KEY);
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
    int first = random.nextInt(evicted);
    for (int i = 0; i < evicted; i++) {
      int heir = (first + i) % evicted;
      for (var change : replicas.get(heir).changesAfter(known.get(heir))) {
        handedOver = handedOver.merge(delta(change));
      }
    }
    return new End<>(byChanges, handedOver);
  }

  @SuppressWarnings("unchecked") // there is one family
  private T delta(Inherited<?> change) {
    return ((Inherited<T>) change).delta();
  }

  /** Who stays hears of nobody; others may hear of each other, and of that one. */
  private void cut() {
    isCut = true;
    for (int to = 0; to <= evicted; to++) {
      for (int from = 0; from <= evicted; from++) {
        hears[to][from] = to != evicted && random.nextBoolean();
      }
    }
  }

  private void step() {
    switch (random.nextInt(4)) {
      case 0, 1 -> change(random.nextInt(evicted));
      case 2 -> change(evicted);
      default -> tellAll();
    }
  }

  private void change(int place) {
    var replica = replicas.get(place);
    var value = replica.value(family, KEY);
    var made = type.delta(value, replica.self(), type.draw(random, value, replica.self()));
    if (made.isEmpty()) {
      return;
    }
    if (isCut && place != evicted) {
      unheard.add(made.get());
    }
    replicas.set(place, replica.update(family, KEY, it -> made.get()).after());
  }

  /** All that is new, as far as it is heard, until nothing more is said. */
  private void tellAll() {
    for (int from = 0; from <= evicted; from++) {
      take(from, replicas.get(from).resend(it -> false));
    }
  }

  private void take(int from, Step step) {
    replicas.set(from, step.after());
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        int to = send.to().number() - 1;
        if (!isCut || hears[to][from]) {
          take(to, replicas.get(to).receive(send.message()));
        }
      }
    }
  }
}
