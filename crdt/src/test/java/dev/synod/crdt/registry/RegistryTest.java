package dev.synod.crdt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry of replicas")
class RegistryTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);

  private final Registry three = Registry.EMPTY.enrol("a", 11).enrol("b", 22).enrol("c", 33);

  private static VersionVector merged(long ofA, long ofB, long ofC) {
    var vector = VersionVector.EMPTY;
    vector = ofA > 0 ? vector.with(new Dot(A, ofA)) : vector;
    vector = ofB > 0 ? vector.with(new Dot(B, ofB)) : vector;
    return ofC > 0 ? vector.with(new Dot(C, ofC)) : vector;
  }

  /** All members of now say that they have merged that. */
  private static Registry all(Registry registry, VersionVector merged) {
    var after = registry;
    for (var member : registry.members().values()) {
      after = after.report(member.id(), registry.number(), merged);
    }
    return after;
  }

  @Test
  @DisplayName("gives each start of a node an id that none had before")
  void ids() {
    assertThat(three.standing().members()).containsEntry("a", A).containsEntry("c", C);
    assertThat(three.enrol("a", 11)).isEqualTo(three);

    var again = three.enrol("a", 12);

    assertThat(again.standing().members()).containsEntry("a", new ReplicaId(4));
    assertThat(again.standing().gone()).containsExactly(A);
    assertThat(again.evict("b").enrol("b", 23).standing().at("b")).contains(new ReplicaId(5));
  }

  @Test
  @DisplayName("takes for stable what all members have merged, once all have said so")
  void stable() {
    var two = three.report(A, 3, merged(5, 2, 0)).report(B, 3, merged(4, 3, 1));
    assertThat(two.standing()).isEqualTo(three.standing());

    var then = two.report(C, 3, merged(4, 2, 1)).standing();

    assertThat(then.stable()).isEqualTo(merged(4, 2, 0));
    assertThat(then.generation()).isEqualTo(1);
    assertThat(then.number()).isEqualTo(4);
  }

  @Test
  @DisplayName("hears no report of somebody who did not know the present members")
  void lateReports() {
    var joined = three.enrol("d", 44);

    var reported = joined.report(A, 3, merged(1, 0, 0));

    assertThat(reported.standing()).isEqualTo(joined.standing());
    assertThat(reported.reports()).isEmpty();
    assertThat(joined.report(A, 4, merged(1, 0, 0)).reports()).containsOnlyKeys(A);
    assertThat(joined.report(new ReplicaId(9), 4, merged(1, 0, 0))).isEqualTo(joined);
  }

  @Test
  @DisplayName("makes no new generation of what is known already")
  void nothingNew() {
    var once = all(three, merged(1, 1, 1));

    var twice = all(once, merged(1, 1, 1));

    assertThat(twice.standing()).isEqualTo(once.standing());
    var late = twice.report(C, once.number(), merged(1, 1, 2));
    assertThat(late.standing()).as("A and B have not").isEqualTo(once.standing());
    assertThat(late.reports()).as("what is known of the others counts").hasSize(3);
  }

  @Test
  @DisplayName("knows what members have of one that is gone only from reports made without it")
  void farewell() {
    var before = three.report(A, 3, merged(1, 1, 7));
    var evicted = before.evict("c");
    assertThat(evicted.standing().gone()).containsExactly(C);
    assertThat(evicted.standing().changesOf(C)).isEmpty();

    var half = evicted.report(B, 4, merged(1, 1, 5));
    assertThat(half.standing()).isEqualTo(evicted.standing());
    var both = half.report(A, 4, merged(1, 1, 8));

    assertThat(both.standing().changesOf(C)).isEmpty();
    assertThat(both.standing().gone()).as("B lacks three of them").containsExactly(C);
    assertThat(both.standing().isSettled(C)).isFalse();

    var settled = all(both, merged(1, 1, 8));

    assertThat(settled.standing().isSettled(C)).isTrue();
    assertThat(settled.standing().changesOf(C)).hasValue(8);
    var folded = settled.standing().folded(merged(1, 1, 8));
    assertThat(folded).isEqualTo(merged(1, 1, 0).with(new Dot(Standing.SETTLED, 1)));
    assertThat(settled.standing().covers(folded, merged(1, 1, 8))).isTrue();
    assertThat(settled.standing().covers(merged(1, 1, 0), merged(1, 1, 8)))
        .as("a newcomer has nothing of what is settled")
        .isFalse();
    assertThat(settled.standing().covers(folded, merged(1, 1, 9)))
        .as("a change that only C has")
        .isFalse();
  }

  @Test
  @DisplayName("takes nobody for settled of whom it has not heard")
  void laterOnes() {
    assertThat(three.standing().isSettled(new ReplicaId(4))).isFalse();
    assertThat(three.standing().isSettled(Standing.SETTLED)).isFalse();
  }

  @Test
  @DisplayName("forgets what became of those that are gone for long, and says so")
  void longGone() {
    var registry = all(three.enrol("a", 12), merged(5, 1, 1));
    assertThat(registry.standing().changesOf(A)).hasValue(5);
    for (int i = 0; i < Registry.SETTLED_MAX; i++) {
      registry = all(registry.enrol("a", 100 + i), merged(5, 1, 1));
    }

    assertThat(registry.standing().isSettled(A)).isTrue();
    assertThat(registry.standing().changesOf(A)).isEmpty();
    assertThat(registry.standing().covers(merged(0, 1, 1), merged(5, 0, 0))).isFalse();
    assertThat(registry.standing().settled().size()).isLessThan(Registry.SETTLED_MAX);
  }

  @Test
  @DisplayName("does not leave all to somebody who has only begun to get it")
  void newcomer() {
    var one = all(three.evict("b").evict("c"), merged(5, 0, 0));
    var joined = one.enrol("b", 23);
    assertThatThrownBy(() -> joined.evict("a")).hasMessageContaining("the only one");

    var begun = joined.report(new ReplicaId(4), joined.number(), merged(4, 0, 0));
    assertThatThrownBy(() -> begun.evict("a")).hasMessageContaining("the only one");
    var caughtUp = begun.report(new ReplicaId(4), joined.number(), merged(5, 0, 0));

    assertThat(caughtUp.evict("a").standing().members()).containsOnlyKeys("b");
  }

  @Test
  @DisplayName("lets the last one go also if who has all must not count for a generation yet")
  void notice() {
    var one = all(three.evict("b").evict("c"), merged(5, 0, 0));
    var heir = one.enrol("b", 23);

    assertThat(heir.report(B, 0, merged(5, 0, 0)).ready()).as("B is gone").containsExactly(A);
    assertThat(heir.report(new ReplicaId(4), 0, merged(4, 0, 0)).ready()).containsExactly(A);
    var ready = heir.report(new ReplicaId(4), 0, merged(5, 0, 0));

    assertThat(ready.standing()).isEqualTo(heir.standing());
    assertThat(ready.reports()).isEqualTo(heir.reports());
    assertThat(ready.evict("a").standing().members()).containsOnlyKeys("b");
  }

  @Test
  @DisplayName("evicts neither a stranger nor the last one")
  void refusals() {
    assertThatThrownBy(() -> three.evict("d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no replica is at d");
    var last = three.evict("a").evict("b");
    assertThatThrownBy(() -> last.evict("c")).hasMessageContaining("the only one");
  }
}
