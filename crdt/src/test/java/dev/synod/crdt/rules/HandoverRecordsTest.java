package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.COUNTERS;
import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.Joined;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an evicted replica hands over, in records,")
class HandoverRecordsTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId NEXT = new ReplicaId(3);
  private static final Limits LIMITS = new Limits(2, 100, 64, 10_000, 4, 100);
  private static final List<Family<?>> FAMILIES = List.of(COUNTERS, SETS);

  private final List<KeptRecord> records = new ArrayList<>();
  private Registry registry = Registry.EMPTY.enrol("a", 1).enrol("b", 2);
  private Replication replica = empty(A);

  HandoverRecordsTest() {
    Recording.became(replica, Inheritance.NONE, 100, records::add);
  }

  private Replication empty(ReplicaId self) {
    return Replication.of(self, List.of(), FAMILIES, LIMITS).at(registry.standing());
  }

  private void take(Step step) {
    Recording.of(replica, step).ifPresent(records::add);
    replica = step.after();
  }

  private void add(String key, String element) {
    take(replica.update(SETS, key, it -> it.add(A, element)));
  }

  private void count() {
    take(replica.update(COUNTERS, "counter/x", it -> it.add(A, 1)));
  }

  /** The other removes an element of this one's, and this one asks it for the value. */
  private void isRemovedByOther(String key, String element) {
    var value = replica.value(SETS, key).remove(B, element);
    var told = new KeyedValue(key, VersionVector.of(B, 1), SETS.codec().encode(value));
    var merging = new Merging(replica.families(), replica.keys(), B);
    merging.merge(key, told.version(), told.value(), null);
    take(new Step(replica.with(merging.keys(), replica.merged()), merging.effects()));
  }

  private void settle() {
    for (var member : registry.members().values()) {
      registry = registry.report(member.id(), registry.number(), replica.merged());
    }
    take(new Step(replica.at(registry.standing()), List.of()));
  }

  private static Recovery read(List<KeptRecord> records) {
    var recovery = Recovery.registered(FAMILIES, LIMITS);
    for (var kept : records) {
      recovery = recovery.with(RecordCodec.decode(RecordCodec.encode(kept)));
    }
    return recovery;
  }

  private List<KeptRecord> snapshot() {
    var snapshot = new ArrayList<KeptRecord>();
    Recording.snapshot(replica, Inheritance.NONE, 1, snapshot::add);
    return snapshot;
  }

  private static boolean isUnsettled(KeptRecord kept) {
    return kept instanceof Unsettled;
  }

  /** From all records, and from a snapshot. */
  private void isTheSame() {
    for (var series : List.of(records, snapshot())) {
      var again = read(series).replication(0);
      for (long known = 0; known <= replica.lastChange(); known++) {
        assertThat(again.changesAfter(known)).isEqualTo(replica.changesAfter(known));
        assertThat(again.lostAfter(known)).isEqualTo(replica.lostAfter(known));
      }
      assertThat(unsettled(again)).isEqualTo(unsettled(replica));
    }
  }

  private static List<Unsettled> unsettled(Replication replica) {
    var all = new ArrayList<Unsettled>();
    replica.outgoing().log().earlier().kept(Integer.MAX_VALUE, all::add);
    return all;
  }

  @Test
  @DisplayName("is read as it was written, from all of them and from a snapshot")
  void kept() {
    for (int i = 1; i <= 60; i++) {
      add("set/x", "e" + i);
      add("set/y", "f" + i);
      count();
    }
    isTheSame();
    isRemovedByOther("set/y", "f1");
    isTheSame();
    assertThat(snapshot().stream().filter(HandoverRecordsTest::isUnsettled)).hasSize(3);

    settle();
    isTheSame();
    assertThat(snapshot()).noneMatch(HandoverRecordsTest::isUnsettled);
    assertThat(replica.changesAfter(0)).isEmpty();
    assertThat(replica.lostAfter(0)).isEqualTo(180);
  }

  @Test
  @DisplayName("is not there in a snapshot of a former version, which is read")
  void former() {
    for (int i = 1; i <= 5; i++) {
      add("set/x", "e" + i);
    }
    var former = snapshot();
    former.removeIf(HandoverRecordsTest::isUnsettled);

    var again = read(former).replication(0);

    assertThat(again.value(SETS, "set/x")).isEqualTo(replica.value(SETS, "set/x"));
    assertThat(again.changesAfter(0)).hasSize(2);
    assertThat(again.lostAfter(0)).isEqualTo(3);
  }

  private Inheritance left() {
    return Inheritance.NONE.behind(replica.changesAfter(0), replica);
  }

  /** What the node writes when it becomes another one. */
  private List<KeptRecord> becomes() {
    registry = registry.evict("a").report(B, registry.number() + 1, VersionVector.EMPTY);
    registry = registry.enrol("a", 3);
    var handed = new ArrayList<KeptRecord>();
    Recording.became(empty(NEXT), left(), 10, handed::add);
    return handed;
  }

  @Test
  @DisplayName("counts with the last of them: a crash between any two leaves the one before")
  void parts() {
    for (int i = 1; i <= 5; i++) {
      add("set/" + i, "e");
    }
    var left = left();
    var handed = becomes();

    assertThat(handed).hasSize(5);
    for (int i = 0; i < handed.size(); i++) {
      var crashed = new ArrayList<>(records);
      crashed.addAll(handed.subList(0, i));
      assertThat(read(crashed).self()).as("after %d parts", i).isEqualTo(A);
      assertThat(read(crashed).inheritance().isEmpty()).isTrue();
      assertThat(read(crashed).replication(0).changesAfter(0)).isEqualTo(left.changes());

      crashed.addAll(handed); // the next try
      assertThat(read(crashed).self()).isEqualTo(NEXT);
      assertThat(read(crashed).inheritance()).isEqualTo(left);
    }
  }

  @Test
  @DisplayName("is none of an earlier try, of which the last one is missing")
  void stale() {
    add("set/x", "e");
    add("set/y", "e");
    var handed = becomes();
    records.addAll(handed.subList(0, 1));
    assertThat(handed.get(0)).isInstanceOf(Inherits.class);

    var next = empty(NEXT);
    records.add(new Became(NEXT, next.standing(), 0, List.of()));
    assertThat(read(records).inheritance().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("is made anew once, wherever the next one crashes")
  void onceEach() {
    IntStream.rangeClosed(1, 5).forEach(i -> add("set/" + i, "e"));
    var handed = becomes();
    records.addAll(handed);
    var recovery = read(records);
    replica = recovery.replication(0);
    for (int left = 5; left > 0; left--) {
      assertThat(read(records).inheritance().changes()).hasSize(left);
      take(read(records).inheritance().first(1).get(0).on(replica));
    }

    assertThat(records.stream().filter(Anew.class::isInstance)).hasSize(5);
    assertThat(read(records).inheritance().isEmpty()).isTrue();
    assertThat(read(records).replication(0).keyCount()).isEqualTo(5);
    assertThat(read(records).replication(0).changesAfter(0)).hasSize(5);
  }

  @Test
  @DisplayName("is refused if it can't have been written so")
  void refused() {
    add("set/x", "e");
    var delta = Bytes.EMPTY;
    var strange = new KeyedChange("z", delta);
    registry = registry.evict("a").report(B, registry.number() + 1, VersionVector.EMPTY);
    registry = registry.enrol("a", 3);
    var standing = registry.standing();
    refused(
        "1 parts, of which 0", new Became(NEXT, standing, 0, 1, VersionVector.EMPTY, 0, List.of()));
    refused(
        "1 parts, of which 0",
        new Inherits(List.of()),
        new Merged(List.of(), VersionVector.EMPTY),
        new Became(NEXT, standing, 0, 1, VersionVector.EMPTY, 0, List.of()));
    refused(
        "none of the families",
        new Inherits(List.of(strange)),
        new Became(NEXT, standing, 0, 1, VersionVector.EMPTY, 0, List.of()));
    refused("behind later ones", new Unsettled(0, List.of()));
    var origin = new KeptRecord.Origin(4);
    records.removeIf(it -> !(it instanceof Became));
    refused("behind later ones", origin, new Unsettled(3, List.of()));
    var joined = new Joined(strange, 3, 0, List.of());
    refused("none of the families", origin, new Unsettled(2, List.of(joined)));
  }

  private void refused(String why, KeptRecord... kept) {
    var all = new ArrayList<>(records);
    all.addAll(List.of(kept));
    assertThatThrownBy(() -> read(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
