package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.CrdtWriter;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Large answers that are written aside")
class LargeAnswersTest {

  private static final ReplicaId ME = new ReplicaId(1);
  private static final ReplicaId A = new ReplicaId(2);
  private static final String KEY = "set/x";

  private final Deque<Runnable> aside = new ArrayDeque<>();
  private final Deque<ToReplicator> told = new ArrayDeque<>();
  private final List<ReplicationMessage> sent = new ArrayList<>();
  private final LargeAnswers answers = new LargeAnswers(aside::add, told::add, 2);
  private boolean isBroken;

  private final Family<GSet<String>> sets =
      new Family<>(
          "set/", PlainCodecs.gSet(Codec.of(this::write, Codec.text()::read)), GSet.empty());
  private final Replication replica =
      add(
          add(
              Replication.of(ME, List.of(A), List.of(sets), new Limits(100, 10, 10, 1000, 4, 10)),
              "one"),
          "two");

  private void write(String text, CrdtWriter writer) {
    if (isBroken) {
      throw new IllegalStateException("this codec is broken");
    }
    writer.text(text);
  }

  private Replication add(Replication to, String element) {
    return to.update(sets, KEY, set -> set.add(element)).after();
  }

  private static Fetch asking(long request) {
    return new Fetch(A, request, KEY, VersionVector.EMPTY);
  }

  private void done() {
    aside.remove().run();
    answers.done((LargeAnswers.Made) told.remove(), this::send);
  }

  private void send(ReplicaId to, Bytes message) {
    assertThat(to).isEqualTo(A);
    sent.add(MessageCodec.decode(message));
  }

  @Test
  @DisplayName("are sent as the replica was when they were begun; others it gives itself")
  void asItWas() {
    assertThat(answers.begin(A, new Fetch(A, 1, "set/y", VersionVector.EMPTY), replica)).isFalse();
    assertThat(answers.isMaking(A)).isFalse();

    assertThat(answers.begin(A, asking(7), replica)).isTrue();
    assertThat(answers.isMaking(A)).isTrue();
    add(replica, "three");
    done();

    assertThat(answers.isMaking(A)).isFalse();
    assertThat(sent).hasSize(1).first().isInstanceOf(Fetched.class);
    var value = ((Fetched) sent.get(0)).value().orElseThrow();
    assertThat(value.version()).isEqualTo(VersionVector.of(ME, 2));
    assertThat(sets.codec().decode(value.value()).elements())
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  @DisplayName("are not sent to one that is gone, nor in a later generation")
  void notWanted() {
    answers.begin(A, asking(1), replica);
    answers.left(A);
    done();
    answers.begin(A, asking(2), replica);
    answers.forget();
    done();
    assertThat(sent).isEmpty();

    answers.begin(A, asking(3), replica);
    done();
    assertThat(sent).hasSize(1);
    assertThat(((Fetched) sent.get(0)).request()).isEqualTo(3);
  }

  @Test
  @DisplayName("fail as they would in the replica if a codec of the application's does")
  void broken() {
    answers.begin(A, asking(1), replica);
    isBroken = true;

    assertThatThrownBy(this::done).isInstanceOf(IllegalStateException.class);
  }
}
