package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.GSet;
import dev.synod.crdt.TwoPhaseSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.KeyVersion;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer with a value of many elements")
class HeavyAnswerTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final Family<GSet<String>> SETS =
      new Family<>("set/", PlainCodecs.gSet(Codec.text()), GSet.empty());
  private static final Limits LIMITS = new Limits(100, 10, 100_000, 1000, 4, 10);
  private static final String KEY = "set/x";
  private static final int MIN = 5;

  private static Replication with(int elements) {
    var replica = Replication.of(A, List.of(B), List.of(SETS), LIMITS);
    for (int i = 0; i < elements; i++) {
      var element = "e" + i;
      replica = replica.update(SETS, KEY, set -> set.add(element)).after();
    }
    return replica;
  }

  private static Ask askingAll(List<KeyVersion> has) {
    var leaves =
        IntStream.range(KeySpace.FIRST_LEAF, KeySpace.NODES)
            .mapToObj(leaf -> new LeafVersions(leaf, has))
            .toList();
    return new Ask(B, 1, List.of(), leaves);
  }

  private static boolean isHeavy(Replication replica, ReplicationMessage question) {
    return HeavyAnswer.isFor(replica, question, MIN);
  }

  @Test
  @DisplayName("is one that whoever asks has not, or not all of")
  void lacked() {
    var replica = with(MIN);
    var old = VersionVector.of(A, MIN - 1);

    assertThat(isHeavy(replica, askingAll(List.of()))).isTrue();
    assertThat(isHeavy(replica, askingAll(List.of(new KeyVersion(KEY, old))))).isTrue();
    assertThat(isHeavy(replica, new Fetch(B, 1, KEY, old))).isTrue();
    var same = replica.version(KEY);
    assertThat(isHeavy(replica, askingAll(List.of(new KeyVersion(KEY, same))))).isFalse();
    assertThat(isHeavy(replica, new Fetch(B, 1, KEY, same))).isFalse();
  }

  @Test
  @DisplayName("is none if the value has fewer, or nothing of it is asked")
  void light() {
    assertThat(isHeavy(with(MIN - 1), askingAll(List.of()))).isFalse();
    assertThat(isHeavy(with(MIN - 1), new Fetch(B, 1, KEY, VersionVector.EMPTY))).isFalse();
    assertThat(isHeavy(with(MIN), new Fetch(B, 1, "set/y", VersionVector.EMPTY))).isFalse();
    var strange = List.of(new LeafVersions(0, List.of()), new LeafVersions(1 << 30, List.of()));
    assertThat(isHeavy(with(MIN), new Ask(B, 1, List.of(0), strange))).isFalse();
    assertThat(isHeavy(with(MIN), new Acknowledged(B, 1, false))).isFalse();
  }

  @Test
  @DisplayName("is the one that the replica would give")
  void same() {
    var replica = with(MIN);

    var told = (Told) HeavyAnswer.of(replica, askingAll(List.of()));

    assertThat(told.values()).hasSize(1);
    assertThat(replica.receive(askingAll(List.of())).effects())
        .containsExactly(new Effect.Send(B, told));
    assertThatThrownBy(() -> HeavyAnswer.of(replica, new Acknowledged(B, 1000, false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("has as many elements as its value was given")
  void weights() {
    assertThat(SETS.empty().weight()).isZero();
    assertThat(GSet.of("a").merge(GSet.of("b")).weight()).isEqualTo(2);
    var once = new TwoPhaseSet<>(GSet.of("a"), GSet.of("a"));
    assertThat(once.weight()).isEqualTo(1);
  }
}
