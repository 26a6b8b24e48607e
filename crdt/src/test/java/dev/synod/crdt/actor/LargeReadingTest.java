package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Large messages that are read aside")
class LargeReadingTest implements LargeReading.Hearer {

  private static final ReplicaId ME = new ReplicaId(1);
  private static final ReplicaId A = new ReplicaId(2);
  private static final ReplicaId B = new ReplicaId(3);
  private static final Family<GCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.gCounter(), GCounter.ZERO);
  private static final int WAITING_MAX = 3;

  private final Deque<Runnable> aside = new ArrayDeque<>();
  private final Deque<ToReplicator> told = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final LargeReading reading = new LargeReading(aside::add, told::add, WAITING_MAX);
  private final Replication replica =
      Replication.of(ME, List.of(A, B), List.of(COUNTERS), new Limits(100, 10, 10, 1000, 4, 10));

  private static Fetched value(ReplicaId from, long request) {
    var counter = GCounter.ZERO.increment(from, request);
    var value =
        new KeyedValue(
            "counter/x", VersionVector.of(from, request), COUNTERS.codec().encode(counter));
    return new Fetched(from, request, Optional.of(value));
  }

  private void large(ReplicaId from, long request) {
    reading.large(from, MessageCodec.encode(value(from, request)), replica);
  }

  /** Whether it waits; else it is heard at once. */
  private boolean small(ReplicaId from, long number) {
    return reading.isBehind(from, MessageCodec.encode(new Acknowledged(from, number, false)));
  }

  /** The other thread has its turn, then the replica. */
  private void turn() {
    aside.remove().run();
    reading.done((LargeReading.Read) told.remove(), this);
  }

  @Override
  public void hear(ReplicaId from, Bytes message) {
    heard.add(from.number() + " small " + ((Acknowledged) MessageCodec.decode(message)).upTo());
  }

  @Override
  public void hear(ReplicaId from, ReplicationMessage message) {
    heard.add(from.number() + " large " + ((Fetched) message).request());
  }

  @Override
  public void unreadable(ReplicaId from, String why) {
    heard.add(from.number() + " " + why);
  }

  @Override
  public void hasRoom(ReplicaId from) {
    heard.add(from.number() + " room");
  }

  @Override
  public Replication replication() {
    return replica;
  }

  @Test
  @DisplayName("are heard with their values read, and worth the same")
  void read() {
    var bytes = MessageCodec.encode(value(A, 7));
    reading.large(A, bytes, replica);
    aside.remove().run();

    var message = ((LargeReading.Read) told.remove()).message().orElseThrow();

    var value = ((Fetched) message).value().orElseThrow();
    assertThat(value.read()).isEqualTo(GCounter.ZERO.increment(A, 7));
    assertThat(MessageCodec.encode(message)).isEqualTo(bytes);
    assertThat(replica.receive(message).after().digest())
        .isEqualTo(replica.receive(MessageCodec.decode(bytes)).after().digest());
  }

  @Test
  @DisplayName("hold up what their sender says later, in its order, and nobody else's words")
  void inOrder() {
    assertThat(small(A, 1)).isFalse();
    large(A, 2);
    assertThat(reading.isReading(A)).isTrue();
    assertThat(small(A, 3)).isTrue();
    large(A, 4);
    assertThat(small(A, 5)).isTrue();
    assertThat(small(B, 6)).isFalse();
    large(B, 7);

    assertThat(aside).as("one of each sender").hasSize(2);
    turn();
    assertThat(heard).containsExactly("2 large 2", "2 small 3", "2 room");
    turn();
    assertThat(heard).endsWith("3 large 7", "3 room");
    turn();
    assertThat(heard).endsWith("2 large 4", "2 small 5", "2 room");
    assertThat(reading.isReading(A)).isFalse();
    assertThat(small(A, 8)).isFalse();
  }

  @Test
  @DisplayName("let one more large message and few others wait, and leave out the rest")
  void bounded() {
    large(A, 1);
    large(A, 2);
    large(A, 3);
    for (int i = 4; i < 10; i++) {
      assertThat(small(A, i)).isTrue();
    }

    turn();
    turn();

    assertThat(heard)
        .containsExactly("2 large 1", "2 room", "2 large 2", "2 small 4", "2 small 5", "2 room");
    assertThat(aside).isEmpty();
  }

  @Test
  @DisplayName("are not heard if their sender has left meanwhile, nor is what waited behind them")
  void left() {
    large(A, 1);
    small(A, 2);
    reading.left(A);

    turn();

    assertThat(heard).isEmpty();
    assertThat(reading.isReading(A)).isFalse();
  }

  @Test
  @DisplayName("are not heard in a later generation, even if their sender says more in that one")
  void generations() {
    large(A, 1);
    small(A, 2);
    reading.forget();
    large(A, 3);

    turn();
    assertThat(heard).isEmpty();
    turn();
    assertThat(heard).containsExactly("2 large 3", "2 room");
  }

  @Test
  @DisplayName("that can't be read are refused in words, and hold up nothing")
  void unreadable() {
    reading.large(A, Bytes.wrap(new byte[] {1, 99, 2}), replica);
    small(A, 2);

    turn();

    assertThat(heard).containsExactly("2 a message of unknown kind 99", "2 small 2", "2 room");
  }

  @Test
  @DisplayName("of which a value can't be read are for the replica to refuse")
  void refused() {
    var damaged =
        new KeyedValue("counter/x", VersionVector.of(A, 1), Bytes.wrap(new byte[] {1, 99}));
    reading.large(A, MessageCodec.encode(new Fetched(A, 1, Optional.of(damaged))), replica);
    aside.remove().run();

    var message = ((LargeReading.Read) told.remove()).message().orElseThrow();

    assertThat(((Fetched) message).value().orElseThrow().read()).isNull();
    assertThat(replica.receive(message).effects().toString()).contains("kind 99");
  }
}
