package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.COUNTERS;
import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.lattice.PersistentMap;
import dev.synod.crdt.protocol.Standing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stays, B is evicted and comes back, and C is lost with all that only B and itself had of it. B
 * keeps two of its changes one by one.
 */
@DisplayName("An evicted replica hands over what others lack of it:")
class HandoverTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);
  private static final Limits LIMITS = new Limits(2, 100, 64, 10_000, 4, 100);
  private static final String KEY = "set/x";

  private Replication a = replica(A);
  private Replication b = replica(B);
  private Replication c = replica(C);

  private static Replication replica(ReplicaId self) {
    var members = new TreeMap<>(Map.of("a", A, "b", B, "c", C));
    var standing =
        new Standing(
            3, 0, 4, VersionVector.EMPTY, members, new TreeSet<>(), VersionVector.EMPTY, 0);
    return Replication.of(self, List.of(), List.of(COUNTERS, SETS), LIMITS).at(standing);
  }

  private static Replication add(Replication replica, String element) {
    return replica.update(SETS, KEY, it -> it.add(replica.self(), element)).after();
  }

  private static Replication remove(Replication replica, String element) {
    return replica.update(SETS, KEY, it -> it.remove(replica.self(), element)).after();
  }

  private static Replication count(Replication replica) {
    return replica.update(COUNTERS, "counter/x", it -> it.add(replica.self(), 1)).after();
  }

  /** It has all that the other has of that key. */
  private static Replication merged(Replication replica, Replication of) {
    var entry = Objects.requireNonNull(of.keys().get(KEY));
    @SuppressWarnings("unchecked")
    var value = (AddWinsSet<String>) entry.value();
    var mine = replica.families().entry(SETS, KEY, replica.keys()).merge(value, entry.version());
    return replica.with(replica.keys().with(KEY, mine), replica.merged().merge(of.merged()));
  }

  /** B keeps none of its changes of the set one by one any more. */
  private void fallOut() {
    b = count(count(b));
    assertThat(b.changesAfter(0).subList(b.changesAfter(0).size() - 2, b.changesAfter(0).size()))
        .allMatch(it -> it.family().equals(COUNTERS));
  }

  /** What that one shows once it has heard of what B changed after that number. */
  private static Replication told(Replication replica, Replication by, long known) {
    var after = replica;
    for (var change : by.changesAfter(known)) {
      after = change.on(after).after();
    }
    return after;
  }

  private Set<String> shownByA(long known) {
    return told(a, b, known).value(SETS, KEY).elements();
  }

  @Test
  @DisplayName("also what it does not keep one by one")
  void many() {
    for (int i = 1; i <= 6; i++) {
      b = count(add(b, "e" + i));
    }
    b = remove(b, "e2");

    assertThat(b.outgoing().log().first()).isEqualTo(12);
    assertThat(told(a, b, 0).value(SETS, KEY).elements())
        .containsExactlyInAnyOrder("e1", "e3", "e4", "e5", "e6");
    assertThat(told(a, b, 0).value(COUNTERS, "counter/x").value()).isEqualTo(6);
    assertThat(told(a, b, 13).keyCount()).isZero();
    assertThat(b.lostAfter(0)).isZero();
  }

  @Test
  @DisplayName("nothing that they had: that may have been removed, and be forgotten")
  void notWhatTheyHad() {
    b = add(add(b, "had"), "new");
    fallOut();

    assertThat(shownByA(1)).containsExactly("new");
    assertThat(shownByA(2)).isEmpty();
    a = merged(a, add(replica(B), "had"));
    assertThat(shownByA(1)).containsExactlyInAnyOrder("had", "new");
  }

  @Test
  @DisplayName("what it ended is gone")
  void ended() {
    a = add(add(a, "x"), "y");
    b = remove(add(merged(b, a), "had"), "x");
    fallOut();

    assertThat(shownByA(0)).containsExactlyInAnyOrder("had", "y");
    assertThat(shownByA(1)).containsExactly("y");
    b = add(b, "y"); // it takes the place of what A had written
    fallOut();
    assertThat(told(a, b, 0).value(SETS, KEY).state().store().context())
        .isEqualTo(CausalContext.of(List.of(new Dot(B, 1), new Dot(B, 2))));
  }

  @Test
  @DisplayName("what another one ended, and is lost, stays where it is")
  void notEnded() {
    a = add(a, "x");
    c = add(merged(c, a), "x"); // in place of what A had written
    b = merged(merged(b, a), c);
    b = add(b, "y");
    fallOut();

    assertThat(shownByA(0)).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  @DisplayName("one of two dots that know nothing of each other is not gone with the other")
  void samePlace() {
    var other = new ReplicaId(9);
    b = b.update(SETS, KEY, it -> SETS.empty().add(other, "x")).after();
    a = remove(merged(a, b), "x"); // its first change
    b = b.update(SETS, KEY, it -> SETS.empty().add(B, "x")).after(); // as what is made anew is
    c = add(merged(c, b), "x"); // in place of both
    b = add(merged(b, c), "y");
    fallOut();

    assertThat(shownByA(1)).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  @DisplayName("what another one took the place of, and is lost, is there again")
  void replaced() {
    a = add(a, "x");
    b = add(merged(b, a), "x"); // ends what A had written
    c = add(merged(c, b), "x"); // ends what B had written
    b = add(merged(b, c), "y");
    fallOut();

    assertThat(shownByA(0)).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  @DisplayName("what another one removed is gone")
  void removed() {
    b = add(add(b, "x"), "y");
    c = remove(merged(c, b), "x");
    b = merged(b, c);
    fallOut();

    assertThat(shownByA(0)).containsExactly("y");
  }

  @Test
  @DisplayName("nothing that all had once")
  void settled() {
    b = add(add(b, "x"), "y");
    fallOut();
    var stable = VersionVector.of(B, 1);
    var now = b.standing();
    b =
        b.at(
            new Standing(
                4, 1, 4, stable, now.members(), now.gone(), now.settled(), now.settledFrom()));

    assertThat(shownByA(0)).containsExactly("y");
    assertThat(b.lostAfter(0)).isEqualTo(1);
    assertThat(b.lostAfter(1)).isZero();
  }

  @Test
  @DisplayName("what it remembers for that takes room by what is alive of it")
  void bounded() {
    for (int i = 1; i <= 2000; i++) {
      b = add(b, "e" + i);
      if (i > 3) {
        c = remove(merged(c, b), "e" + (i - 3));
        b = merged(b, c);
      }
    }

    var part = Objects.requireNonNull(b.outgoing().log().earlier().keys().get(KEY));
    assertThat(part.written().size()).isLessThan(100);
    assertThat(((AddWinsSet<?>) part.change().delta()).state().context().runs()).isEqualTo(1);
    assertThat(shownByA(0)).containsExactlyInAnyOrder("e1998", "e1999", "e2000");
  }

  @Test
  @DisplayName("without a registry nothing is remembered for that")
  void unregistered() {
    var alone = Replication.of(B, List.of(A), List.of(COUNTERS, SETS), LIMITS);
    for (int i = 1; i <= 5; i++) {
      alone = add(alone, "e" + i);
    }

    assertThat(alone.outgoing().log().first()).isEqualTo(4);
    assertThat(alone.outgoing().log().earlier().keys()).isEqualTo(PersistentMap.empty());
    assertThat(alone.changesAfter(0)).hasSize(2);
  }
}
