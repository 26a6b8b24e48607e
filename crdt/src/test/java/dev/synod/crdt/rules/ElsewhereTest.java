package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dependencies on changes in other shards of the keys (COPS, §4). */
@DisplayName("A change that follows one in another shard")
class ElsewhereTest {

  private static final Family<GSet<Long>> LINES =
      new Family<>("", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 4, 100);
  private static final String KEY = "k";
  private static final int SHARDS = 3;

  /** Changed, values that were kept would not be found any more. */
  private static final int FIXED = 141;

  /** That node's replica of that shard; it knows the one of the other node. */
  private static Replication replica(int node, int shard) {
    return Replication.of(id(node, shard), List.of(id(1 - node, shard)), List.of(LINES), LIMITS)
        .of(new Shard(shard, SHARDS));
  }

  private static ReplicaId id(int node, int shard) {
    return new ReplicaId(1 + 10 * node + shard);
  }

  private static Replication said(Replication at, CausalToken follows) {
    return at.update(LINES, KEY, follows, value -> value.add(7L)).after();
  }

  /** With what that one, of the same node, has. */
  private static Replication knowing(Replication one, Replication sibling) {
    var token = sibling.token(KEY);
    var step = one.await(token);
    assertThat(step.effects()).hasSize(1);
    var await = (Effect.Await) step.effects().get(0);
    return one.take(sibling.reached(await).orElseThrow()).after();
  }

  private static List<Deltas> told(Step step) {
    var told = new ArrayList<Deltas>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send && send.message() instanceof Deltas deltas) {
        told.add(deltas);
      } else if (effect instanceof Effect.Send send
          && send.message() instanceof Intervals several) {
        told.addAll(several.intervals());
      }
    }
    return told;
  }

  private static List<Effect.Await> awaits(Step step) {
    return step.effects().stream()
        .filter(Effect.Await.class::isInstance)
        .map(Effect.Await.class::cast)
        .toList();
  }

  /** What a search with that one comes to. */
  private static Step searched(Replication asking, Replication asked) {
    var step = asking.search(asked.self());
    while (step.after().search().isPresent()) {
      var question = (Effect.Send) step.effects().get(step.effects().size() - 1);
      var answer = (Effect.Send) asked.receive(question.message()).effects().get(0);
      step = step.after().receive(answer.message());
    }
    return step;
  }

  @Test
  @DisplayName("is not shown before that is merged there (COPS, §4: the dependency check)")
  void waits() {
    var question = said(replica(0, 1), CausalToken.NONE);
    var answer = said(knowing(replica(0, 0), question), question.token(KEY));
    var interval = told(answer.flush()).get(0);
    var there = replica(1, 0);
    var early = there.receive(interval);
    assertThat(early.after().value(LINES, KEY).elements()).isEmpty();
    assertThat(awaits(early)).containsExactly(new Effect.Await(1, question.merged(), true));
    var elsewhere = replica(1, 1);
    assertThat(elsewhere.reached(awaits(early).get(0))).isEmpty();
    var arrived = elsewhere.receive(told(question.flush()).get(0)).after();
    var reached = arrived.reached(awaits(early).get(0)).orElseThrow();
    var late = early.after().take(reached).after();
    assertThat(late.value(LINES, KEY).elements()).containsExactly(7L);
  }

  @Test
  @DisplayName("is waited for again after a while, as long as it is held")
  void asksAgain() {
    var question = said(replica(0, 1), CausalToken.NONE);
    var answer = said(knowing(replica(0, 0), question), question.token(KEY));
    var early = replica(1, 0).receive(told(answer.flush()).get(0));
    var again = early.after().resend(other -> false);
    assertThat(awaits(again)).isEqualTo(awaits(early));
    assertThat(again.after().search()).as("what it lacks is not in its own shard").isEmpty();
  }

  @Test
  @DisplayName("goes in an interval of its own: what follows an earlier one may not wait for it")
  void eras() {
    var one = said(said(replica(0, 0), CausalToken.NONE), CausalToken.NONE);
    var question = said(replica(0, 1), CausalToken.NONE);
    var two = said(knowing(one, question), question.token(KEY));
    var three = said(two, question.token(KEY));
    assertThat(told(three.flush()))
        .extracting(Deltas::first, Deltas::last, it -> it.elsewhere().isEmpty())
        .containsExactly(tuple(1L, 2L, true), tuple(3L, 4L, false));
  }

  @Test
  @DisplayName("of another replica parts intervals, too")
  void erasOfOthers() {
    var question = said(replica(1, 1), CausalToken.NONE);
    var answer = said(knowing(replica(1, 0), question), question.token(KEY));
    var here = knowing(said(replica(0, 0), CausalToken.NONE), question);
    var after = said(here.receive(told(answer.flush()).get(0)).after(), CausalToken.NONE);
    assertThat(told(after.flush())).extracting(Deltas::last).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("counts as found by a search once values of all that it follows are there")
  void searches() {
    var first = said(replica(0, 2), CausalToken.NONE);
    var second = said(knowing(replica(0, 1), first), first.token(KEY));
    var third = said(knowing(replica(0, 0), second), second.token(KEY));
    var found = searched(replica(1, 0), third);
    assertThat(found.after().merged().isEmpty()).isTrue();
    assertThat(awaits(found))
        .as("what the second one follows is followed by the third one, too")
        .containsExactly(
            new Effect.Await(1, second.merged(), false),
            new Effect.Await(2, first.merged(), false));
    var middle = searched(replica(1, 1), second).after();
    assertThat(middle.merged().isEmpty()).isTrue();
    var values = middle.reached(awaits(found).get(0));
    assertThat(values).as("all values are there").isPresent();
    var half = found.after().take(values.get()).after();
    assertThat(half.merged().isEmpty()).isTrue();
    var last = searched(replica(1, 2), first).after().reached(awaits(found).get(1));
    assertThat(half.take(last.orElseThrow()).after().merged()).isEqualTo(third.merged());
  }

  @Test
  @DisplayName("in a shard that there is not is left out: its node divides keys otherwise")
  void strange() {
    var elsewhere = CausalToken.of(SHARDS, said(replica(0, 1), CausalToken.NONE).merged());
    var sent = told(said(replica(0, 0), CausalToken.NONE).flush()).get(0);
    var strange = new Deltas(sent.from(), 1, 1, sent.after(), elsewhere, sent.deltas());
    var step = replica(1, 0).receive(strange);
    assertThat(step.effects()).isEmpty();
    assertThat(step.after().held().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("is in a shard by its tag")
  void tags() {
    int of = Shard.of("{room 7}/line/1", 16);
    assertThat(Shard.of("{room 7}/line/2", 16)).isEqualTo(of);
    assertThat(Shard.of("room 7", 16)).isEqualTo(of);
    assertThat(Shard.of("head/{room 7}", 16)).isEqualTo(of);
    assertThat(Shard.of("{}a", 64)).as("an empty tag is none").isNotEqualTo(Shard.of("", 64));
    var counts = new int[4];
    for (int i = 0; i < 10_000; i++) {
      counts[Shard.of("key/" + i, 4)]++;
    }
    assertThat(IntStream.of(counts)).allMatch(it -> it > 2_300 && it < 2_700);
    assertThat(Shard.of("fixed for all time", 256)).isEqualTo(FIXED);
  }
}
