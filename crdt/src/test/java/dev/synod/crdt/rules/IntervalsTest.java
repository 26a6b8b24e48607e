package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes of which each follows more of other shards than the one before it. */
@DisplayName("Several intervals in one message")
class IntervalsTest {

  private static final Family<GSet<Long>> LINES =
      new Family<>("", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(1000, 100, 64, 10_000, 4, 100);
  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId OTHER_SHARD = new ReplicaId(3);
  private static final Shard FIRST = new Shard(0, 2);

  private static Replication replica(ReplicaId self, ReplicaId other, Limits limits) {
    return Replication.of(self, List.of(other), List.of(LINES), limits).of(FIRST);
  }

  private static Replication a(Limits limits) {
    return replica(A, B, limits);
  }

  private static Replication b(Limits limits) {
    return replica(B, A, limits);
  }

  /** So many changes of the other shard. */
  private static CausalToken seen(long changes) {
    return CausalToken.of(1, VersionVector.of(OTHER_SHARD, changes));
  }

  /** Changes of one key each, of which each follows one change more of the other shard. */
  private static Replication eras(Replication at, int count) {
    var after = at;
    for (long i = after.lastChange() + 1; count > 0; i++, count--) {
      long number = i;
      after = after.update(LINES, "k" + i, seen(i), value -> value.add(number)).after();
    }
    return after;
  }

  private static List<ReplicationMessage> sent(Step step) {
    var sent = new ArrayList<ReplicationMessage>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        sent.add(send.message());
      }
    }
    return sent;
  }

  private static List<Long> ends(ReplicationMessage message) {
    return message instanceof Intervals several
        ? several.intervals().stream().map(Deltas::last).toList()
        : List.of(((Deltas) message).last());
  }

  /** The other shard's replica has so many changes. */
  private static Step reached(Replication at, long changes) {
    var all = VersionVector.of(OTHER_SHARD, changes);
    return at.take(new Reached(new Effect.Await(1, all, true), all, CausalToken.NONE));
  }

  @Test
  @DisplayName("are what a burst becomes, each with what it follows; one alone is as ever")
  void cut() {
    var step = eras(a(LIMITS), 3).flush();

    assertThat(sent(step)).hasSize(1);
    var several = (Intervals) sent(step).get(0);
    assertThat(several.intervals()).extracting(Deltas::last).containsExactly(1L, 2L, 3L);
    assertThat(several.intervals())
        .extracting(Deltas::elsewhere)
        .containsExactly(seen(1), seen(2), seen(3));
    assertThat(sent(eras(a(LIMITS), 1).flush()).get(0)).isInstanceOf(Deltas.class);
  }

  @Test
  @DisplayName("are bounded by their number, by changes and by bytes")
  void bounds() {
    var many = sent(eras(a(LIMITS), 40).flush());
    assertThat(many).extracting(it -> ends(it).size()).containsExactly(16, 16, 8);

    var fewChanges = new Limits(1000, 3, 64, 10_000, 4, 100);
    assertThat(sent(eras(a(fewChanges), 7).flush()))
        .extracting(IntervalsTest::ends)
        .containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L), List.of(7L));

    var fewBytes = new Limits(1000, 100, 64, 50, 4, 100);
    assertThat(sent(eras(a(fewBytes), 9).flush()))
        .hasSizeGreaterThan(2)
        .allMatch(it -> ends(it).size() <= 3);
  }

  @Test
  @DisplayName("are not made of what another bound has parted: without shards nothing is new")
  void withoutShards() {
    var few = new Limits(1000, 3, 64, 10_000, 4, 100);
    var alone = Replication.of(A, List.of(B), List.of(LINES), few);
    for (long i = 0; i < 10; i++) {
      long number = i;
      alone = alone.update(LINES, "k" + i, value -> value.add(number)).after();
    }

    assertThat(sent(alone.flush()))
        .hasSize(4)
        .allMatch(Deltas.class::isInstance)
        .extracting(IntervalsTest::ends)
        .containsExactly(List.of(3L), List.of(6L), List.of(9L), List.of(10L));
  }

  @Test
  @DisplayName(
      "are taken one after the other: what waits elsewhere holds up only what is behind it")
  void taken() {
    var message = sent(eras(a(LIMITS), 3).flush()).get(0);
    var early = reached(b(LIMITS), 1).after().receive(message);

    assertThat(early.after().merged().get(A)).isEqualTo(1);
    assertThat(early.after().held().size()).isEqualTo(2);
    assertThat(sent(early)).containsExactly(new Acknowledged(B, 1, false));
    assertThat(early.effects())
        .contains(
            new Effect.Await(1, VersionVector.of(OTHER_SHARD, 2), true),
            new Effect.Await(1, VersionVector.of(OTHER_SHARD, 3), true));

    var half = reached(early.after(), 2);
    assertThat(half.after().merged().get(A)).isEqualTo(2);
    assertThat(sent(half)).as("the message's end is not here").isEmpty();

    var all = reached(half.after(), 3);
    assertThat(all.after().value(LINES, "k3").elements()).containsExactly(3L);
    assertThat(sent(all)).containsExactly(new Acknowledged(B, 3, false));
  }

  @Test
  @DisplayName("come to the same as one by one, and are answered once")
  void same() {
    var message = (Intervals) sent(eras(a(LIMITS), 5).flush()).get(0);
    var before = reached(b(LIMITS), 5).after();
    var together = before.receive(message);
    var oneByOne = before;
    for (var interval : message.intervals()) {
      oneByOne = oneByOne.receive(interval).after();
    }

    assertThat(together.after().merged()).isEqualTo(oneByOne.merged());
    assertThat(together.after().digest()).isEqualTo(oneByOne.digest());
    assertThat(together.after().elsewhere().followed()).isEqualTo(seen(5));
    assertThat(sent(together)).containsExactly(new Acknowledged(B, 5, false));
  }

  @Test
  @DisplayName("count as one message until the last of them is there")
  void window() {
    var told = eras(a(LIMITS), 100).flush();
    assertThat(sent(told)).hasSize(LIMITS.unansweredMax());

    var after = told.after();
    for (long have = 1; have < 16; have++) {
      var step = after.receive(new Acknowledged(B, have, false));
      assertThat(sent(step)).isEmpty();
      after = step.after();
    }
    assertThat(sent(after.receive(new Acknowledged(B, 16, false))))
        .extracting(IntervalsTest::ends)
        .containsExactly(IntStream.rangeClosed(65, 80).mapToObj(it -> (long) it).toList());
    assertThat(sent(after.receive(new Acknowledged(B, 32, false)))).hasSize(2);
    assertThat(after.holders(15)).isEqualTo(1);
    assertThat(after.holders(16)).isZero();
  }

  @Test
  @DisplayName("behind a lost message cost one answer, and all from the gap on is sent again")
  void gap() {
    var told = eras(a(LIMITS), 32).flush();
    var lost = reached(b(LIMITS), 32).after().receive(sent(told).get(1));
    assertThat(sent(lost)).containsExactly(new Acknowledged(B, 0, true));

    var again = told.after().receive(sent(lost).get(0));

    assertThat(sent(again)).isEqualTo(sent(told));
    var late = again.after().receive(sent(lost).get(0)).after();
    assertThat(sent(eras(late, 60).flush())).as("two are under way again").hasSize(2);
  }

  @Test
  @DisplayName("of which one finds no room show a gap, as they would one by one")
  void noRoom() {
    var narrow = new Limits(1000, 100, 64, 10_000, 4, 2);
    var message = sent(eras(a(LIMITS), 6).flush()).get(0);
    var step = reached(b(narrow), 1).after().receive(message);

    assertThat(step.after().merged().get(A)).isEqualTo(1);
    assertThat(step.after().held().size()).isEqualTo(2);
    assertThat(sent(step)).containsExactly(new Acknowledged(B, 1, true));
  }

  @Test
  @DisplayName("are resent from what is there on")
  void resent() {
    var told = eras(a(LIMITS), 6).flush();
    var half = told.after().receive(new Acknowledged(B, 4, false)).after();

    assertThat(sent(half.resend(other -> false)))
        .extracting(IntervalsTest::ends)
        .containsExactly(List.of(5L, 6L));
  }

  @Test
  @DisplayName("show what their sender has of the receiver, and are read aside")
  void shown() {
    var of = VersionVector.of(B, 1);
    var one = new Deltas(A, 1, 1, VersionVector.EMPTY, List.of());
    var two = new Deltas(A, 2, 2, of, List.of(new ReplicationMessage.KeyedDelta("k", 2, set())));
    var message = new Intervals(List.of(one, two));

    assertThat(Recording.showsLoss(b(LIMITS), message)).isTrue();
    var read = (Intervals) ReadAhead.of(b(LIMITS), message);
    assertThat(read.intervals().get(1).deltas().get(0).read()).isEqualTo(GSet.empty().add(7L));
    assertThat(read.intervals()).extracting(Deltas::isContinued).containsExactly(true, false);
  }

  private static Bytes set() {
    return PlainCodecs.gSet(Codec.number()).encode(GSet.<Long>empty().add(7L));
  }

  @Test
  @DisplayName("are of one sender and without gaps, or none")
  void valid() {
    var one = new Deltas(A, 1, 2, VersionVector.EMPTY, List.of());
    var behind = new Deltas(A, 4, 4, VersionVector.EMPTY, List.of());
    var other = new Deltas(B, 3, 3, VersionVector.EMPTY, List.of());
    for (var wrong : List.of(List.of(one), List.of(one, behind), List.of(one, other))) {
      assertThatThrownBy(() -> new Intervals(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("carry a burst in a fifteenth of the messages, of which no more are under way")
  void burst() {
    var burst = new ShardBurst();
    burst.run(1000, 100);

    assertThat(burst.messages()).isLessThan(1000 / 14);
    assertThat(burst.answers()).isLessThanOrEqualTo(burst.messages());
  }
}
