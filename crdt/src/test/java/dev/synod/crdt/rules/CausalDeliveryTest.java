package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica")
class CausalDeliveryTest {

  private static final Family<PnCounter> COUNTERS = ReplicationTest.COUNTERS;
  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);
  private static final Limits LIMITS = new Limits(100, 10, 64, 10_000, 4, 2);

  private static Replication replica(ReplicaId self, ReplicaId... others) {
    return Replication.of(self, List.of(others), List.of(COUNTERS), LIMITS);
  }

  private static Replication add(Replication replica, String key) {
    return replica.update(COUNTERS, key, it -> it.add(replica.self(), 1)).after();
  }

  private static List<ReplicationMessage> sent(Step step, ReplicaId to) {
    var messages = new ArrayList<ReplicationMessage>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send && send.to().equals(to)) {
        messages.add(send.message());
      }
    }
    return messages;
  }

  private static long value(Replication replica, String key) {
    return replica.value(COUNTERS, key).value();
  }

  @Test
  @DisplayName("shows no answer before its question, whichever comes first")
  void answerAfterQuestion() {
    var asked = add(replica(A, B, C), "counter/question").flush();
    var heard = replica(B, A, C).receive(sent(asked, B).get(0)).after();
    var answered = add(heard, "counter/answer").flush();
    var c = replica(C, A, B);

    var early = c.receive(sent(answered, C).get(0));
    assertThat(sent(early, B)).isEmpty();
    assertThat(value(early.after(), "counter/answer")).isZero();

    var then = early.after().receive(sent(asked, C).get(0));
    assertThat(value(then.after(), "counter/question")).isEqualTo(1);
    assertThat(value(then.after(), "counter/answer")).isEqualTo(1);
    assertThat(sent(then, A)).containsExactly(new Acknowledged(C, 1, false));
    assertThat(sent(then, B)).containsExactly(new Acknowledged(C, 1, false));
    assertThat(then.after().held().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("merges nothing that waited of one who has left: what all have of it is counted")
  void heldOfOneWhoLeft() {
    var asked = add(replica(A, B, C), "counter/question").flush();
    var heard = replica(B, A, C).receive(sent(asked, B).get(0)).after();
    var answered = add(heard, "counter/answer").flush();
    var early = replica(C, A, B).receive(sent(answered, C).get(0)).after();

    var then = early.left(B).receive(sent(asked, C).get(0)).after();

    assertThat(value(then, "counter/question")).isEqualTo(1);
    assertThat(then.merged().get(B)).isZero();
    assertThat(value(then, "counter/answer")).isZero();
  }

  @Test
  @DisplayName("merges two intervals together of which each follows a part of the other")
  void eachFollowsTheOther() {
    var c = replica(C, A, B);
    var afterB = VersionVector.of(B, 1);
    var afterA = VersionVector.of(A, 1);

    var first = c.receive(new Deltas(A, 1, 2, afterB, List.of()));
    assertThat(first.after().merged().get(A)).isZero();
    var both = first.after().receive(new Deltas(B, 1, 2, afterA, List.of()));

    assertThat(both.after().merged())
        .isEqualTo(VersionVector.of(A, 2).merge(VersionVector.of(B, 2)));
  }

  @Test
  @DisplayName("holds so many intervals only, and looks for what they follow with their sender")
  void boundedAndSearched() {
    var c = replica(C, A, B);
    var missing = VersionVector.of(A, 1);

    for (int i = 1; i <= 3; i++) {
      c = c.receive(new Deltas(B, i, i, missing, List.of())).after();
    }

    assertThat(c.held().size()).isEqualTo(2);
    assertThat(c.held().reach(B, c.merged())).isEqualTo(2);
    var step = c.resend(other -> false);
    assertThat(sent(step, B)).hasSize(1).first().isInstanceOf(Ask.class);
    assertThat(sent(step.after().resend(B::equals), B)).isEmpty();
  }

  @Test
  @DisplayName("looks for what held intervals follow with nobody who is gone")
  void senderIsGone() {
    var c = replica(C, A, B).left(B);

    var held = c.receive(new Deltas(B, 1, 1, VersionVector.of(A, 1), List.of())).after();

    assertThat(held.held().isEmpty()).isFalse();
    assertThat(held.resend(other -> false).after().search()).isEmpty();
    assertThat(held.search(A).after().isSearching(A)).isTrue();
    assertThat(held.search(A).after().isSearching(B)).isFalse();
  }

  @Test
  @DisplayName("tells one that joins of all that it keeps, and one that left of nothing")
  void joinsAndLeaves() {
    var a = add(replica(A), "counter/x");
    assertThat(a.flush().effects()).isEmpty();

    var joined = a.joined(B).flush();
    assertThat(sent(joined, B)).hasSize(1);
    assertThat(joined.after().holders(1)).isZero();
    assertThat(joined.after().joined(B)).isEqualTo(joined.after());

    var known = joined.after().receive(new Acknowledged(B, 1, false)).after();
    assertThat(known.reached(1)).isEqualTo(1);
    assertThat(known.reached(2)).isZero();
    var left = known.search(B).after().left(B);
    assertThat(left.search()).isEmpty();
    assertThat(left.reached(1)).isZero();
    assertThat(add(left, "counter/x").flush().effects()).isEmpty();
  }

  @Test
  @DisplayName("has few messages under way to another; what changes meanwhile goes together")
  void pacing() {
    var a = replica(A, B);
    for (int i = 0; i < LIMITS.unansweredMax(); i++) {
      var step = add(a, "counter/x").flush();
      assertThat(sent(step, B)).hasSize(1);
      a = step.after();
    }

    a = add(add(a, "counter/x"), "counter/y");
    assertThat(a.flush().effects()).isEmpty();
    var answered = a.receive(new Acknowledged(B, 1, false));

    var next = (Deltas) sent(answered, B).get(0);
    assertThat(next.first()).isEqualTo(5);
    assertThat(next.last()).isEqualTo(6);
  }

  @Test
  @DisplayName(
      "tells one of nothing while the way to it is full, and then of all, with what is lost")
  void fullWay() {
    var a = add(replica(A, B, C), "counter/x").full(B);
    assertThat(a.full(B)).isEqualTo(a);

    var flushed = add(a, "counter/y").flush();
    assertThat(sent(flushed, B)).isEmpty();
    assertThat(sent(flushed, C)).hasSize(1);
    a = flushed.after();
    assertThat(sent(a.resend(other -> false), B)).isEmpty();
    assertThat(sent(a.receive(new Acknowledged(B, 0, true)), B)).isEmpty();

    var free = a.receive(new Acknowledged(B, 0, true)).after().free(B);
    var deltas = (Deltas) sent(free, B).get(0);
    assertThat(deltas.first()).isEqualTo(1);
    assertThat(deltas.last()).isEqualTo(2);
    assertThat(free.after().free(B).effects()).isEmpty();
    assertThat(a.left(B).full(B)).isEqualTo(a.left(B));
  }

  @Test
  @DisplayName("takes values that come too late for a search, and claims nothing for them")
  void lateAnswer() {
    var a = add(replica(A, B), "counter/x");
    var b = replica(B, A).search(A);
    for (int i = 0; i < 5; i++) { // down the tree, to the leaf
      var answer = sent(a.receive(sent(b, A).get(0)), B).get(0);
      if (i == 4) {
        var late = b.after().search(A).after().receive(answer);
        assertThat(value(late.after(), "counter/x")).isEqualTo(1);
        assertThat(late.after().merged()).isEqualTo(VersionVector.EMPTY);
        assertThat(sent(late, A)).isEmpty();
      }
      b = b.after().receive(answer);
    }
    assertThat(b.after().merged().get(A)).isEqualTo(1);
  }

  @Test
  @DisplayName("says for all changes of an interval what the value of the first one followed")
  void valueAhead() {
    var asked = add(replica(A, B, C), "counter/question");
    var fetched =
        replica(B, A, C)
            .fetch(1, "counter/question", List.of(A))
            .after()
            .receive(
                sent(
                        asked.receive(
                            sent(replica(B, A, C).fetch(1, "counter/question", List.of(A)), A)
                                .get(0)),
                        B)
                    .get(0))
            .after();
    assertThat(fetched.merged().isEmpty()).as("only the value is here").isTrue();
    var answered = add(add(fetched, "counter/question"), "counter/other").flush();
    var early = replica(C, A, B).receive(sent(answered, C).get(0));
    assertThat(value(early.after(), "counter/other")).isZero();
    var then = early.after().receive(sent(asked.flush(), C).get(0));
    assertThat(value(then.after(), "counter/question")).isEqualTo(2);
  }

  @Test
  @DisplayName("gives a key's value to whoever has not all of it")
  void fetches() {
    var a = add(replica(A, B), "counter/x");
    var question = sent(replica(B, A).fetch(7, "counter/x", List.of(A)), A).get(0);
    assertThat(question).isEqualTo(new Fetch(B, 7, "counter/x", VersionVector.EMPTY));

    var answer = sent(a.receive(question), B).get(0);
    var b = replica(B, A).receive(answer).after();

    assertThat(value(b, "counter/x")).isEqualTo(1);
    assertThat(b.merged()).isEqualTo(VersionVector.EMPTY);
    assertThat(b.has(b.token("counter/x"))).isFalse();
    var again = new Fetch(B, 8, "counter/x", b.version("counter/x"));
    assertThat(sent(a.receive(again), B)).containsExactly(new Fetched(A, 8, Optional.empty()));
    assertThat(a.has(b.token("counter/x"))).isTrue();
  }
}
