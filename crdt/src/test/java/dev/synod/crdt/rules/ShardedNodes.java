package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes with replicas of all shards, whose messages a test hands over or drops one by one. Replicas
 * of one node answer each other at once.
 */
final class ShardedNodes {

  private static final Family<GSet<Long>> FAMILY =
      new Family<>("", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 1, 100);
  private static final int QUESTIONS_MAX = 50;

  private record Question(int node, int by, Effect.Await what) {}

  private final int shards;
  private final List<List<Replication>> replicas = new ArrayList<>();
  private final List<List<List<Effect.Send>>> sent = new ArrayList<>();
  private final List<Question> asked = new ArrayList<>();

  ShardedNodes(int nodes, int shards) {
    this.shards = shards;
    for (int node = 0; node < nodes; node++) {
      var here = new ArrayList<Replication>();
      var out = new ArrayList<List<Effect.Send>>();
      for (var shard : Shard.all(shards)) {
        var others = new ArrayList<ReplicaId>();
        for (int other = 0; other < nodes; other++) {
          if (other != node) {
            others.add(id(other, shard.number()));
          }
        }
        here.add(
            Replication.of(id(node, shard.number()), others, List.of(FAMILY), LIMITS).of(shard));
        out.add(new ArrayList<>());
      }
      replicas.add(here);
      sent.add(out);
    }
  }

  static ReplicaId id(int node, int shard) {
    return new ReplicaId(1 + 10 * node + shard);
  }

  Replication at(int node, int shard) {
    return replicas.get(node).get(shard);
  }

  void take(int node, int shard, Step step) {
    replicas.get(node).set(shard, step.after());
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        sent.get(node).get(shard).add(send);
      } else if (effect instanceof Effect.Await await) {
        asked.add(new Question(node, shard, await));
      }
    }
    answer(node);
  }

  private void answer(int node) {
    for (var question : List.copyOf(asked)) {
      var reached = at(node, question.what.shard()).reached(question.what);
      if (question.node == node && reached.isPresent() && asked.remove(question)) {
        take(node, question.by, at(node, question.by).take(reached.get()));
      }
    }
  }

  /** Adds to the key's set after that was seen; what was seen then. */
  CausalToken say(int node, int shard, String key, CausalToken after, long what) {
    take(node, shard, at(node, shard).await(after));
    assertThat(at(node, shard).has(after)).isTrue();
    take(node, shard, at(node, shard).update(FAMILY, key, after, value -> value.add(what)));
    return at(node, shard).token(key, after);
  }

  void flush(int node, int shard) {
    take(node, shard, at(node, shard).flush());
  }

  void resend(int node, int shard) {
    take(node, shard, at(node, shard).resend(other -> false));
  }

  /** Hands over what that one has for that one. */
  void pass(int from, int to, int shard) {
    var out = sent.get(from).get(shard);
    for (var send : List.copyOf(out)) {
      if (send.to().equals(id(to, shard)) && out.remove(send)) {
        take(to, shard, at(to, shard).receive(send.message()));
      }
    }
  }

  /** Loses it. */
  void drop(int from, int to, int shard) {
    sent.get(from).get(shard).removeIf(it -> it.to().equals(id(to, shard)));
  }

  /** Both hand over what they have, until it is nothing. */
  void talk(int one, int other, int shard) {
    for (int i = 0; i < QUESTIONS_MAX; i++) {
      pass(one, other, shard);
      pass(other, one, shard);
    }
  }

  void search(int node, int with, int shard) {
    take(node, shard, at(node, shard).search(id(with, shard)));
    talk(node, with, shard);
  }

  /** A read of several replicas, that one answers. */
  void fetch(int node, int from, int shard, String key) {
    take(node, shard, at(node, shard).fetch(1, key, List.of(id(from, shard))));
    pass(node, from, shard);
    pass(from, node, shard);
  }

  /** That node is gone for ever. */
  void lose(int gone) {
    for (int node = 0; node < replicas.size(); node++) {
      for (int shard = 0; node != gone && shard < shards; shard++) {
        take(node, shard, new Step(at(node, shard).left(id(gone, shard)), List.of()));
      }
    }
  }
}
