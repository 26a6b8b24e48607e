package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Replicas 1 to n, and a network that a seed makes lose, double, reorder and split. */
final class Network {

  private static final int ROUNDS_MAX = 200;

  private record Packet(int from, int to, ReplicationMessage message) {}

  /** A change, what it follows, and whether a replica has it. */
  private record Change(
      ReplicaId by, long number, VersionVector after, BiPredicate<Replication, Change> isAt) {}

  private final List<Replication> replicas;
  private final Random random;
  private final List<Packet> inFlight = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private int alone = -1;
  private int messages;
  private long bytes;

  Network(List<Replication> replicas, Random random) {
    this.replicas = new ArrayList<>(replicas);
    this.random = random;
  }

  Replication replica(int at) {
    return replicas.get(at);
  }

  /** How many were sent so far. */
  int messages() {
    return messages;
  }

  /** How many bytes they had. */
  long bytes() {
    return bytes;
  }

  <T extends Lattice<T>> void change(
      int at, Family<T> family, String key, UnaryOperator<T> change) {
    var before = replicas.get(at);
    T delta = change.apply(before.value(family, key));
    take(at, before.update(family, key, value -> delta));
    changes.add(
        new Change(
            before.self(),
            before.lastChange() + 1,
            before.merged(),
            (replica, it) -> ReplicationTest.isPart(replica, family, key, delta)));
  }

  /** That replica has made this step. */
  void take(int at, Step step) {
    replicas.set(at, step.after());
    for (var effect : step.effects()) {
      assertThat(effect).isNotInstanceOf(Effect.Refused.class);
      if (effect instanceof Effect.Send send) {
        var encoded = MessageCodec.encode(send.message()); // all go as bytes
        messages++;
        bytes += encoded.length();
        inFlight.add(new Packet(at, send.to().number() - 1, MessageCodec.decode(encoded)));
      }
    }
    keepsItsWord(step.after());
  }

  /** What a replica says that it has merged is part of its values, and so is all before it. */
  private void keepsItsWord(Replication replica) {
    for (var change : changes) {
      boolean isMerged = change.number <= replica.merged().get(change.by);
      if (isMerged && !change.isAt.test(replica, change)) {
        throw new AssertionError(
            "%s claims to have %s.%d".formatted(replica.self(), change.by, change.number));
      }
      if (isMerged && !change.after.isPartOf(replica.merged())) {
        throw new AssertionError(
            "%s has %s.%d before %s, which that follows"
                .formatted(replica.self(), change.by, change.number, change.after));
      }
    }
  }

  void cut(int one) {
    alone = one;
  }

  void deliverOne() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var packet = inFlight.get(index);
    if (random.nextInt(5) > 0) {
      inFlight.remove(index); // else it comes twice
    }
    if (random.nextInt(8) > 0 && packet.from != alone && packet.to != alone) {
      take(packet.to, replicas.get(packet.to).receive(packet.message));
    }
  }

  /**
   * One of those under way, whichever, which may come once more; nothing is lost.
   *
   * @return where it arrived; -1 if nothing was under way
   */
  int deliverAny() {
    if (inFlight.isEmpty()) {
      return -1;
    }
    int index = random.nextInt(inFlight.size());
    var packet = random.nextInt(5) > 0 ? inFlight.remove(index) : inFlight.get(index);
    take(packet.to, replicas.get(packet.to).receive(packet.message));
    return packet.to;
  }

  /** In order, without faults, until nothing is under way. */
  void deliverAll() {
    while (!inFlight.isEmpty()) {
      var packet = inFlight.remove(0);
      take(packet.to, replicas.get(packet.to).receive(packet.message));
    }
  }

  /** From here on nothing goes wrong, and all send again and search now and then. */
  void heal() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      deliverAll();
      if (isDone()) {
        return;
      }
      for (int at = 0; at < replicas.size(); at++) {
        take(at, replicas.get(at).resend(other -> false));
      }
    }
    throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds");
  }

  private boolean isDone() {
    return replicas.stream()
        .allMatch(
            one -> one.search().isEmpty() && one.holders(one.lastChange()) == replicas.size() - 1);
  }

  /** All have all, and equal versions. */
  void areEqual() {
    var first = replicas.get(0);
    for (var replica : replicas) {
      for (var change : changes) {
        assertThat(change.isAt.test(replica, change)).isTrue();
      }
      assertThat(replica.keys().sum(KeySpace.ROOT)).isEqualTo(first.keys().sum(KeySpace.ROOT));
      first
          .keys()
          .forEach(
              (key, entry) -> {
                var other = replica.keys().get(key);
                assertThat(other).isEqualTo(entry);
                assertThat(other.encoded()).isEqualTo(entry.encoded());
              });
      assertThat(replica.keys().size()).isEqualTo(first.keys().size());
    }
  }
}
