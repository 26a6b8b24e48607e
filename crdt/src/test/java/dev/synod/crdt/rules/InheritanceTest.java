package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A, B and C were there; B had merged two changes of A and one of C, and is D by now. */
@DisplayName("Who makes changes anew of the replica before waits for what these follow:")
class InheritanceTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);
  private static final ReplicaId D = new ReplicaId(4);
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 4, 100);

  private final Registry three = Registry.EMPTY.enrol("a", 1).enrol("b", 2).enrol("c", 3);
  private final Replication b =
      replica(B, three).with(KeySpace.EMPTY, merged(2, 1).with(new Dot(B, 1)));
  private final Inheritance inheritance =
      Inheritance.NONE.behind(List.of(new Inherited<>(SETS, "set/x", SETS.empty())), b);
  private Registry registry = settled(three.evict("b"), merged(2, 1)).enrol("b", 4);

  private static VersionVector merged(long ofA, long ofC) {
    var vector = ofA > 0 ? VersionVector.of(A, ofA) : VersionVector.EMPTY;
    return ofC > 0 ? vector.with(new Dot(C, ofC)) : vector;
  }

  private static Replication replica(ReplicaId self, Registry registry) {
    return Replication.of(self, List.of(), List.of(SETS), LIMITS).at(registry.standing());
  }

  /** All members have that. */
  private static Registry settled(Registry registry, VersionVector merged) {
    var after = registry;
    for (var member : registry.members().values()) {
      after = after.report(member.id(), registry.number(), merged);
    }
    return after;
  }

  private boolean isReadyWith(VersionVector merged) {
    return isReadyWith(inheritance, merged);
  }

  private boolean isReadyWith(Inheritance waiting, VersionVector merged) {
    return waiting.isReady(replica(D, registry).with(KeySpace.EMPTY, merged), true);
  }

  @Test
  @DisplayName("all that members have made of it")
  void members() {
    assertThat(registry.standing().stable().get(Standing.SETTLED)).isZero();
    assertThat(isReadyWith(VersionVector.EMPTY)).isFalse();
    assertThat(isReadyWith(merged(1, 1))).isFalse();
    assertThat(isReadyWith(merged(2, 0))).isFalse();
    assertThat(isReadyWith(merged(2, 1))).isTrue();
  }

  @Test
  @DisplayName("what all had of one that is gone, and not what others may have or not")
  void gone() {
    var more = new Inheritance(inheritance.changes(), merged(2, 5), 0);
    registry = registry.evict("c");
    assertThat(registry.standing().stable().get(C)).isOne();

    assertThat(isReadyWith(more, merged(1, 1))).isFalse();
    assertThat(isReadyWith(more, merged(2, 0))).isFalse();
    assertThat(isReadyWith(more, merged(2, 1))).isTrue();
  }

  @Test
  @DisplayName("for what all have of those that are gone for ever")
  void settled() {
    registry = settled(registry.evict("c"), merged(2, 1));
    assertThat(registry.standing().isSettled(C)).isTrue();

    assertThat(isReadyWith(merged(2, 0))).isFalse();
    assertThat(isReadyWith(merged(2, 0).with(new Dot(Standing.SETTLED, 1)))).isTrue();
  }

  @Test
  @DisplayName("for nothing that all have lost")
  void lost() {
    registry = settled(registry.evict("c"), merged(2, 1)).enrol("a", 5).enrol("b", 6);
    assertThat(registry.standing().stable().isEmpty()).isTrue();

    assertThat(isReadyWith(VersionVector.EMPTY)).isTrue();
  }

  @Test
  @DisplayName("for what one search brings, unless there is nobody else")
  void searched() {
    var heir = replica(D, registry).with(KeySpace.EMPTY, merged(2, 1));
    assertThat(inheritance.isReady(heir, false)).isFalse();
    assertThat(inheritance.isReady(heir, true)).isTrue();

    registry = settled(registry.evict("c"), merged(2, 1)).evict("a");

    var alone = replica(D, registry).with(KeySpace.EMPTY, registry.standing().stable());
    assertThat(inheritance.isReady(alone, false)).isTrue();
  }

  @Test
  @DisplayName("and if it leaves before, the next one makes these behind its own changes")
  void severalTimes() {
    var own = new Inherited<>(SETS, "set/y", SETS.empty());
    var heir = replica(D, registry).with(KeySpace.EMPTY, merged(3, 0).with(new Dot(D, 1)));

    var next = inheritance.behind(List.of(own), heir);

    assertThat(next.changes()).containsExactly(own, inheritance.changes().get(0));
    assertThat(next.follows()).isEqualTo(b.merged().merge(heir.merged()));
    assertThat(next.made(2, 7)).isEqualTo(new Inheritance(List.of(), VersionVector.EMPTY, 7));
  }

  @Test
  @DisplayName("is known to all once all members have acknowledged what was made")
  void known() {
    var heir =
        replica(D, registry)
            .joined(A)
            .joined(C)
            .update(SETS, "set/x", it -> it.add(D, "e"))
            .after();
    var made = inheritance.made(1, 1);
    assertThat(inheritance.isKnownToAll(heir)).as("before it is made").isFalse();
    assertThat(made.isKnownToAll(heir)).isFalse();

    var half = heir.acknowledged(new Acknowledged(A, 1, false)).after();
    assertThat(made.isKnownToAll(half)).isFalse();
    var all = half.acknowledged(new Acknowledged(C, 1, false)).after();

    assertThat(made.isKnownToAll(all)).isTrue();
    assertThat(Inheritance.NONE.isKnownToAll(heir)).isTrue();
  }
}
