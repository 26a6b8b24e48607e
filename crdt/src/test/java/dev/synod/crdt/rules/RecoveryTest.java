package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica that comes back from its records")
class RecoveryTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final Limits LIMITS = new Limits(5, 100, 64, 10_000, 4, 100);
  private static final List<Family<?>> FAMILIES =
      List.of(ReplicationTest.COUNTERS, ReplicationTest.SETS);

  private final List<KeptRecord> records = new ArrayList<>();
  private Replication replica = Replication.of(A, List.of(B), FAMILIES, LIMITS);

  private Step take(Step step) {
    Recording.of(replica, step).ifPresent(records::add);
    replica = step.after();
    return step;
  }

  private void add(String key) {
    take(replica.update(ReplicationTest.COUNTERS, key, it -> it.add(A, 1)));
  }

  private static Replication recovered(List<KeptRecord> records) {
    var recovery = Recovery.of(A, FAMILIES, LIMITS);
    for (var kept : records) {
      recovery = recovery.with(RecordCodec.decode(RecordCodec.encode(kept)));
    }
    return recovery.replication(0);
  }

  private List<KeptRecord> snapshot(int bytesMax) {
    var snapshot = new ArrayList<KeptRecord>();
    Recording.snapshot(replica, Inheritance.NONE, bytesMax, snapshot::add);
    return snapshot;
  }

  private static ReplicationMessage sent(Step step) {
    return step.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(it -> ((Effect.Send) it).message())
        .findFirst()
        .orElseThrow();
  }

  private static Deltas deltas(Step step) {
    return step.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(it -> ((Effect.Send) it).message())
        .filter(Deltas.class::isInstance)
        .map(Deltas.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Deltas changeOf(Replication other) {
    var changed = other.update(ReplicationTest.COUNTERS, "counter/b", it -> it.add(B, 7)).after();
    return deltas(changed.flush());
  }

  @Test
  @DisplayName("has its values, what it had merged, and its changes that others may lack")
  void comesBack() {
    add("counter/x");
    add("counter/y");
    take(replica.receive(changeOf(Replication.of(B, List.of(A), FAMILIES, LIMITS))));
    take(replica.flush());
    take(replica.receive(new Acknowledged(B, 1, false)));

    for (var kept : List.of(records, snapshot(1), snapshot(1_000_000))) {
      var again = recovered(kept);
      assertThat(again.digest()).isEqualTo(replica.digest());
      assertThat(again.keys().get("counter/b")).isEqualTo(replica.keys().get("counter/b"));
      assertThat(again.merged()).isEqualTo(replica.merged());
      assertThat(again.lastChange()).isEqualTo(2);
      var told = deltas(again.joined(B).flush());
      assertThat(told.last()).isEqualTo(2);
      assertThat(told.deltas().get(told.deltas().size() - 1).key()).isEqualTo("counter/y");
      assertThat(told.after()).isEqualTo(VersionVector.of(A, 1));
    }
    assertThat(records).hasSize(3);
    assertThat(snapshot(1)).hasSize(1 + 3 + 1 + 1); // origin, keys, what is merged, one change
  }

  @Test
  @DisplayName("keeps no more of its changes than the limits say")
  void limits() {
    for (int i = 0; i < 20; i++) {
      add("counter/" + i);
    }

    assertThat(recovered(records).outgoing().log().first()).isEqualTo(16);
    assertThat(recovered(snapshot(100)).outgoing().log().first()).isEqualTo(16);
  }

  @Test
  @DisplayName("is told by those who have its changes that they do, though it keeps them no longer")
  void acknowledgedAgain() {
    add("counter/x");
    var b = Replication.of(B, List.of(A), FAMILIES, LIMITS).receive(sent(take(replica.flush())));
    take(replica.receive(sent(b)));
    var again = recovered(snapshot(1)).joined(B).flush();

    assertThat(sent(again)).isEqualTo(new Trimmed(A, 2));
    assertThat(again.after().holders(1)).isZero();
    assertThat(again.after().receive(sent(b.after().receive(sent(again)))).after().holders(1))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("does not hear answers to questions of an earlier start")
  void earlierQuestions() {
    var before = replica.search(B);
    var b = Replication.of(B, List.of(A), FAMILIES, LIMITS);
    var late = sent(b.receive(sent(before)));

    var again = Recovery.of(A, FAMILIES, LIMITS).replication(1L << 40).joined(B).search(B).after();

    assertThat(again.receive(late).after().search()).isPresent();
    var counted = recovered(List.of()).joined(B).search(B).after(); // as if it were the first start
    assertThat(counted.receive(late).after().search()).isEmpty();
  }

  @Test
  @DisplayName("knows from what others say if changes of it are lost")
  void lost() {
    add("counter/x");

    assertThat(Recording.showsLoss(replica, new Acknowledged(B, 1, false))).isFalse();
    assertThat(Recording.showsLoss(replica, new Acknowledged(B, 2, false))).isTrue();
    var after = VersionVector.of(A, 2);
    assertThat(Recording.showsLoss(replica, new Deltas(B, 1, 1, after, List.of()))).isTrue();
    var told = new ReplicationMessage.Told(B, 1, after, List.of(), List.of(), List.of());
    assertThat(Recording.showsLoss(replica, told)).isTrue();
  }

  @Test
  @DisplayName("is refused if its records can't be its own")
  void refused() {
    var own = new Own(1, "counter/x", VersionVector.EMPTY, Bytes.utf8("?"));
    refused("no change", new Own(2, "counter/x", VersionVector.EMPTY, Bytes.EMPTY), "follows 0");
    refused(
        "of no family", new Own(1, "x", VersionVector.EMPTY, Bytes.EMPTY), "none of the families");
    refused("damaged", own, "");
    var value = new KeyedValue("gone/x", VersionVector.of(B, 1), Bytes.EMPTY);
    refused("a family is gone", new Merged(List.of(value), VersionVector.EMPTY), "\"gone/x\"");
    add("counter/x");
    records.add(new Origin(1));
    assertThatThrownBy(() -> recovered(records)).hasMessageContaining("behind other records");
  }

  private static void refused(String what, KeptRecord kept, String why) {
    assertThatThrownBy(() -> recovered(List.of(kept)))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
