package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.COUNTERS;
import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A member of a registry that comes back from its records")
class MemberRecoveryTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 4, 100);
  private static final List<Family<?>> FAMILIES = List.of(COUNTERS, SETS);

  private final List<KeptRecord> records = new ArrayList<>();
  private Registry registry = Registry.EMPTY.enrol("a", 1).enrol("b", 2);
  private Inheritance inheritance = Inheritance.NONE;
  private Replication replica = become(A, Inheritance.NONE);

  private Replication become(ReplicaId self, Inheritance left) {
    inheritance = left;
    replica = Replication.of(self, List.of(), FAMILIES, LIMITS).at(registry.standing());
    Recording.became(replica, left, 1, records::add);
    return replica;
  }

  private void take(Step step) {
    Recording.of(replica, step).ifPresent(records::add);
    inheritance = inheritance.after(step);
    replica = step.after();
  }

  private void add(String key, String element) {
    take(replica.update(SETS, key, it -> it.add(replica.self(), element)));
  }

  private void remove(String key, String element) {
    take(replica.update(SETS, key, it -> it.remove(replica.self(), element)));
  }

  /** All members have merged what this one has: a generation begins. */
  private void settle() {
    for (var member : registry.members().values()) {
      registry = registry.report(member.id(), registry.number(), replica.merged());
    }
    take(new Step(replica.at(registry.standing()), List.of()));
  }

  private List<KeptRecord> snapshot() {
    var snapshot = new ArrayList<KeptRecord>();
    Recording.snapshot(replica, inheritance, 1, snapshot::add);
    return snapshot;
  }

  private static Recovery read(List<KeptRecord> records) {
    var recovery = Recovery.registered(FAMILIES, LIMITS);
    for (var kept : records) {
      recovery = recovery.with(RecordCodec.decode(RecordCodec.encode(kept)));
    }
    return recovery;
  }

  /** From all records, and from a snapshot. */
  private void isTheSame() {
    for (var series : List.of(records, snapshot())) {
      var recovery = read(series);
      var again = recovery.replication(0);
      assertThat(again.self()).isEqualTo(replica.self());
      assertThat(again.standing()).isEqualTo(replica.standing());
      assertThat(again.dots()).isEqualTo(replica.dots());
      assertThat(again.merged()).isEqualTo(replica.merged());
      assertThat(again.digest()).isEqualTo(replica.digest());
      replica
          .keys()
          .forEach((key, entry) -> assertThat(again.keys().get(key)).as(key).isEqualTo(entry));
      assertThat(again.outgoing().log().first()).isEqualTo(replica.outgoing().log().first());
      assertThat(again.lastChange()).isEqualTo(replica.lastChange());
      assertThat(again.changesAfter(0)).isEqualTo(replica.changesAfter(0));
      assertThat(again.outgoing().isUntilSettled()).isTrue();
      assertThat(recovery.inheritance()).isEqualTo(inheritance);
    }
  }

  @Test
  @DisplayName("is nobody before the first record")
  void nobody() {
    assertThat(read(List.of()).isNobody()).isTrue();
    assertThat(read(records).isNobody()).isFalse();
  }

  @Test
  @DisplayName("has dropped what it had dropped, and uses none of its dots twice")
  void dropped() {
    add("set/x", "e");
    add("set/y", "stays");
    remove("set/x", "e");
    settle();
    assertThat(replica.keyCount()).isEqualTo(1);
    add("set/y", "later");

    isTheSame();
    assertThat(replica.dots()).isEqualTo(1);
    for (var series : List.of(records, snapshot())) {
      var next = read(series).replication(0).update(SETS, "set/x", it -> it.add(A, "other"));
      assertThat(next.after().value(SETS, "set/x").state().store().context().toString())
          .contains("r1:2");
    }
  }

  @Test
  @DisplayName("keeps its changes until all have them")
  void untilSettled() {
    add("set/x", "e");
    settle();
    add("set/x", "f");

    isTheSame();
    assertThat(read(snapshot()).replication(0).changesAfter(0)).hasSize(1);
  }

  @Test
  @DisplayName("is another one after it was evicted, with the changes that are still to be made")
  void evicted() {
    add("set/x", "e");
    settle();
    add("set/x", "f");
    add("set/y", "g");
    var left = Inheritance.NONE.behind(replica.changesAfter(1), replica);
    registry = registry.evict("a");
    registry = registry.report(B, registry.number(), VersionVector.of(A, 1)).enrol("a", 3);
    become(new ReplicaId(3), left);
    isTheSame();
    assertThat(inheritance.changes()).hasSize(2);

    take(inheritance.first(1).get(0).on(replica));

    isTheSame();
    assertThat(inheritance.changes()).hasSize(1);
    take(inheritance.first(1).get(0).on(replica));
    isTheSame();
    assertThat(inheritance.isEmpty()).isTrue();
    assertThat(replica.value(SETS, "set/x").elements()).containsExactly("f");
  }

  @Test
  @DisplayName("is refused if its records can't be its own")
  void refused() {
    var own = new Own(1, "set/x", VersionVector.EMPTY, Bytes.EMPTY);
    refused("it is nobody", List.of(own), "which replica");
    refused("not inherited", List.of(records.get(0), new Anew(own)), "was not inherited");
    refused("itself", List.of(records.get(0), records.get(0)), "no new member");
    var alone = new Became(A, Standing.NONE, 0, List.of());
    refused("no member", List.of(alone), "no new member");
    refused("old news", List.of(records.get(0), new Stood(replica.standing())), "next one");
    var evicted = registry.evict("a").standing();
    refused("evicted", List.of(records.get(0), new Stood(evicted)), "next one");
    var nothing = new Merged(List.of(), VersionVector.EMPTY);
    assertThat(read(List.of(records.get(0), nothing)).self()).isEqualTo(A);
  }

  private static void refused(String what, List<KeptRecord> kept, String why) {
    assertThatThrownBy(() -> read(kept))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  @DisplayName("knows from what stands if changes of it are lost")
  void lost() {
    add("set/x", "e");
    settle();

    assertThat(Recording.showsLoss(replica, registry.standing())).isFalse();
    var older = read(List.of(records.get(0))).replication(0);
    assertThat(Recording.showsLoss(older, registry.standing())).isTrue();
    registry = registry.evict("a");
    registry = registry.report(B, registry.number(), replica.merged());
    assertThat(registry.standing().changesOf(A)).hasValue(1);
    assertThat(Recording.showsLoss(replica, registry.standing())).isFalse();
    assertThat(Recording.showsLoss(older, registry.standing())).isTrue();
  }

  @Test
  @DisplayName("has lost something if a generation has begun by a report of more than it has")
  void olderCopy() {
    add("set/x", "e");
    var more = replica.merged().with(new Dot(B, 3));
    for (var member : registry.members().values()) {
      registry = registry.report(member.id(), registry.number(), more);
    }
    var next = registry.standing();
    assertThat(next.generation()).isGreaterThan(replica.standing().generation());
    assertThat(Recording.showsOlder(replica, next)).isTrue();
    assertThat(Recording.showsOlder(replica.with(replica.keys(), more), next)).isFalse();
    assertThat(Recording.showsOlder(replica, replica.standing())).isFalse();
  }
}
