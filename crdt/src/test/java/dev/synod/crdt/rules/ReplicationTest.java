package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Replicas of keyed values")
class ReplicationTest {

  static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final Limits TIGHT = new Limits(6, 2, 3, 40, 3, 4);
  private static final Limits WIDE = new Limits(1000, 100, 64, 10_000, 4, 100);

  private static Replication replica(ReplicaId self, Limits limits, ReplicaId... others) {
    return Replication.of(self, List.of(others), List.of(COUNTERS, SETS), limits);
  }

  private static Step add(Replication replica, String key, long amount) {
    return replica.update(COUNTERS, key, counter -> counter.add(replica.self(), amount));
  }

  private static List<ReplicationMessage> sent(Step step) {
    var messages = new ArrayList<ReplicationMessage>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        messages.add(send.message());
      }
    }
    return messages;
  }

  @Test
  @DisplayName("send all changes of a key since the last time as one delta, once")
  void joinsIntervals() {
    var a = replica(A, WIDE, B);
    for (int i = 0; i < 5; i++) {
      a = add(a, "counter/x", 1).after();
    }
    a = add(a, "counter/y", 1).after();

    var flushed = a.flush();

    var deltas = (Deltas) sent(flushed).get(0);
    assertThat(sent(flushed)).hasSize(1);
    assertThat(deltas.first()).isEqualTo(1);
    assertThat(deltas.last()).isEqualTo(6);
    assertThat(deltas.deltas()).hasSize(2);
    assertThat(sent(flushed.after().flush())).isEmpty();

    var received = replica(B, WIDE, A).receive(deltas);
    assertThat(received.after().value(COUNTERS, "counter/x").value()).isEqualTo(5);
    assertThat(sent(received)).containsExactly(new Acknowledged(B, 6, false));
    var acknowledged = flushed.after().receive(sent(received).get(0)).after();
    assertThat(acknowledged.holders(6)).isEqualTo(1);
    assertThat(sent(acknowledged.resend(other -> false))).isEmpty();
  }

  @Test
  @DisplayName("merge no interval before all that comes before it; a gap costs what is missing")
  void gapCostsTheInterval() {
    var a = add(replica(A, WIDE, B), "counter/x", 1).after().flush().after(); // lost
    var second = add(a, "counter/x", 1).after().flush();
    var b = replica(B, WIDE, A);

    var behind = b.receive(sent(second).get(0));
    assertThat(behind.after()).isEqualTo(b);
    assertThat(sent(behind)).containsExactly(new Acknowledged(B, 0, true));

    var again = second.after().receive(sent(behind).get(0));
    assertThat(sent(again)).singleElement().isInstanceOf(Deltas.class);
    assertThat(sent(again.after().receive(sent(behind).get(0)))).isEmpty();
    b = b.receive(sent(again).get(0)).after();
    assertThat(b.value(COUNTERS, "counter/x").value()).isEqualTo(2);
  }

  @Test
  @DisplayName("ask for what they lack when the others keep it no longer")
  void trimmed() {
    var a = replica(A, TIGHT, B);
    for (int i = 0; i < 20; i++) {
      a = add(a, "counter/" + i, 1).after();
    }
    var flushed = a.flush();
    assertThat(sent(flushed).get(0)).isEqualTo(new Trimmed(A, 15));

    var world = new Network(List.of(flushed.after(), replica(B, TIGHT, A)), new Random(1));
    world.take(0, flushed);
    world.deliverAll();

    assertThat(world.replica(1).merged().get(A)).isEqualTo(20);
    assertThat(world.replica(0).holders(20)).isEqualTo(1);
    world.areEqual();
  }

  @Test
  @DisplayName("leave out what they can't read, say so, and do not claim to have it")
  void refused() {
    var b = replica(B, WIDE, A);
    var bad =
        new Deltas(
            A,
            1,
            2,
            VersionVector.EMPTY,
            List.of(
                new KeyedDelta("counter/x", 1, Bytes.utf8("?")),
                new KeyedDelta("other/y", 2, Bytes.EMPTY)));

    var step = b.receive(bad);

    assertThat(step.effects())
        .filteredOn(Effect.Refused.class::isInstance)
        .extracting(effect -> ((Effect.Refused) effect).key())
        .containsExactly("counter/x", "other/y");
    assertThat(sent(step)).containsExactly(new Acknowledged(B, 0, false));
  }

  @Test
  @DisplayName("change nothing that the others could not be told of")
  void unwritable() {
    var a = replica(A, WIDE, B);
    String half = "\uD800";

    assertThatThrownBy(() -> add(a, "counter/" + half, 1)).hasMessageContaining("not Unicode");
    assertThatThrownBy(() -> a.update(SETS, "set/x", set -> set.add(A, half)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not Unicode");
    assertThatThrownBy(() -> add(a, "set/x", 1)).hasMessageContaining("not of the family");
  }

  @Test
  @DisplayName("do not claim to have what a search brought and they could not read")
  void refusedInSearch() {
    var a = add(replica(A, WIDE, B), "counter/x", 1).after();
    var blind = Replication.of(B, List.of(A), List.of(SETS), WIDE);

    var begun = blind.search(A);
    var step = begun;
    for (int i = 0; i < 5; i++) { // the root, three rows and the leaf
      step = step.after().receive(sent(a.receive(sent(step).get(0))).get(0));
    }

    assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Refused.class);
    assertThat(step.after().search()).isEmpty();
    assertThat(step.after().merged().get(A)).isZero();
  }

  @Test
  @DisplayName("hear no answer to an earlier search: it may tell less than they were told since")
  void staleAnswer() {
    var a = add(replica(A, WIDE, B), "counter/x", 1).after();
    var first = replica(B, WIDE, A).search(A);
    var stale = sent(a.receive(sent(first).get(0))).get(0);

    var second = first.after().search(A).after();

    assertThat(second.receive(stale)).isEqualTo(new Step(second, List.of()));
    assertThat(first.after().receive(stale).after().search().orElseThrow().open()).hasSize(1);
  }

  @Test
  @DisplayName("answer once what a question asks many times")
  void askedTwice() {
    var a = add(replica(A, WIDE, B), "counter/x", 1).after();
    var nodes = Collections.nCopies(10_000, KeySpace.ROOT);

    var answer = (Told) sent(a.receive(new Ask(B, 1, nodes, List.of()))).get(0);

    assertThat(answer.sums()).hasSize(1);
    assertThat(answer.answered()).containsExactly(KeySpace.ROOT);
  }

  @Test
  @DisplayName("keep their changes until all others have them")
  void keptForAll() {
    var c = new ReplicaId(3);
    var a = add(replica(A, WIDE, B, c), "counter/x", 1).after().flush().after();

    var half = a.receive(new Acknowledged(B, 1, false)).after();

    assertThat(sent(half.resend(other -> false))).singleElement().isInstanceOf(Deltas.class);
    assertThat(half.holders(1)).isEqualTo(1);
    assertThat(sent(half.receive(new Acknowledged(c, 1, false)).after().resend(other -> false)))
        .isEmpty();
  }

  @Test
  @DisplayName("that know the same find so with one question, however much it is")
  void equalOnes() {
    var a = replica(A, WIDE, B);
    for (int i = 0; i < 3000; i++) {
      a = add(a, "counter/" + i, 1).after();
    }
    var world = new Network(List.of(a, replica(B, WIDE, A)), new Random(1));
    world.take(1, world.replica(1).search(A));
    world.deliverAll();
    world.areEqual();
    int before = world.messages();

    world.take(1, world.replica(1).search(A));
    world.deliverAll();

    assertThat(world.messages() - before).isEqualTo(3); // question, answer, acknowledgement
  }

  @Test
  @Tag("slow")
  @DisplayName("find 10 keys that differ among 100,000 with less than 10 kB")
  void differences() {
    var a = replica(A, new Limits(1, 100, 1024, 1 << 20, 4, 100), B);
    for (int i = 0; i < 100_000; i++) {
      a = add(a, "counter/" + i, 1).after();
    }
    var b = replica(B, new Limits(1, 100, 1024, 1 << 20, 4, 100), A);
    var world = new Network(List.of(a, b), new Random(1));
    world.take(1, b.search(A));
    world.deliverAll();
    for (int i = 0; i < 10; i++) {
      world.take(0, add(world.replica(0), "counter/" + 9_999 * i, 1));
    }
    long before = world.bytes();

    world.take(1, world.replica(1).search(A));
    world.deliverAll();

    world.areEqual();
    assertThat(world.bytes() - before).isLessThan(10_000);
  }

  @Test
  @DisplayName("become equal, whatever is lost, doubled, reordered or cut off meanwhile")
  void converge() {
    schedules(400);
  }

  @Test
  @Tag("nightly")
  @DisplayName("become equal in many more schedules")
  void convergeOften() {
    schedules(40_000);
  }

  private static void schedules(int seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      try {
        schedule(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void schedule(Random random) {
    int size = 2 + random.nextInt(3);
    var limits = random.nextBoolean() ? TIGHT : WIDE;
    var replicas = new ArrayList<Replication>();
    for (int i = 0; i < size; i++) {
      var others = new ArrayList<ReplicaId>();
      for (int j = 0; j < size; j++) {
        if (j != i) {
          others.add(new ReplicaId(j + 1));
        }
      }
      replicas.add(replica(new ReplicaId(i + 1), limits, others.toArray(ReplicaId[]::new)));
    }
    var network = new Network(replicas, random);
    for (int step = 0; step < 120; step++) {
      int at = random.nextInt(size);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> change(network, at, random);
        case 3 -> network.take(at, network.replica(at).flush());
        case 4 -> network.take(at, network.replica(at).resend(other -> false));
        case 5 -> network.take(at, network.replica(at).search(new ReplicaId((at + 1) % size + 1)));
        case 6 -> network.cut(random.nextInt(size + 1) - 1);
        default -> network.deliverOne();
      }
    }
    network.heal();
    network.areEqual();
  }

  private static void change(Network network, int at, Random random) {
    var self = network.replica(at).self();
    String name = "k" + random.nextInt(5);
    if (random.nextBoolean()) {
      long amount = random.nextInt(9) - 4;
      network.change(at, COUNTERS, "counter/" + name, counter -> counter.add(self, amount));
    } else {
      String element = "e" + random.nextInt(4);
      boolean adds = random.nextInt(3) > 0;
      network.change(
          at,
          SETS,
          "set/" + name,
          (AddWinsSet<String> set) -> adds ? set.add(self, element) : set.remove(self, element));
    }
  }

  /** For {@link Network}: whether a delta is part of a value, types unknown. */
  static <T extends Lattice<T>> boolean isPart(
      Replication replica, Family<T> family, String key, T delta) {
    return delta.isPartOf(replica.value(family, key));
  }
}
