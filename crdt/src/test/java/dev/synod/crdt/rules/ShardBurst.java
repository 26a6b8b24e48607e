package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;

/**
 * Two nodes with two shards, and a session at the first one that goes from shard to shard: each of
 * its changes follows the one before it, in the other shard. A message takes one round to the other
 * node, and nothing is lost; replicas of one node hear each other at once.
 */
final class ShardBurst {

  private static final Family<GSet<Long>> FAMILY =
      new Family<>("", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(16_384, 1024, 512, 65_536, 4, 256);
  private static final int SHARDS = 2;

  private record Packet(int to, int shard, ReplicationMessage message) {}

  private record Question(int node, int by, Effect.Await what) {}

  private final Replication[][] replicas = new Replication[2][SHARDS];
  private final List<Question> asked = new ArrayList<>();
  private List<Packet> sent = new ArrayList<>();
  private CausalToken seen = CausalToken.NONE;
  private int changes;
  private int messages;
  private int answers;
  private int rounds;

  ShardBurst() {
    for (int node = 0; node < 2; node++) {
      for (int shard = 0; shard < SHARDS; shard++) {
        var other = List.of(id(1 - node, shard));
        replicas[node][shard] =
            Replication.of(id(node, shard), other, List.of(FAMILY), LIMITS)
                .of(new Shard(shard, SHARDS));
      }
    }
  }

  private static ReplicaId id(int node, int shard) {
    return new ReplicaId(1 + 10 * node + shard);
  }

  /** So many changes in all, so many of them each round, until the other node has them. */
  void run(int all, int eachRound) {
    while (changes < all || !isThere()) {
      for (int i = 0; i < eachRound && changes < all; i++) {
        change();
      }
      var arriving = sent;
      sent = new ArrayList<>();
      arriving.forEach(it -> take(it.to, it.shard, replicas[it.to][it.shard].receive(it.message)));
      rounds++;
    }
  }

  private boolean isThere() {
    for (int shard = 0; shard < SHARDS; shard++) {
      if (!replicas[0][shard].merged().equals(replicas[1][shard].merged())) {
        return false;
      }
    }
    return true;
  }

  private void change() {
    int shard = changes % SHARDS;
    long number = ++changes;
    String key = "k" + number;
    take(0, shard, replicas[0][shard].await(seen));
    take(0, shard, replicas[0][shard].update(FAMILY, key, seen, value -> value.add(number)));
    seen = replicas[0][shard].token(key, seen);
    take(0, shard, replicas[0][shard].flush());
  }

  private void take(int node, int shard, Step step) {
    replicas[node][shard] = step.after();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        send(1 - node, shard, MessageCodec.decode(MessageCodec.encode(send.message())));
      } else if (effect instanceof Effect.Await await) {
        asked.add(new Question(node, shard, await));
      }
    }
    for (var question : List.copyOf(asked)) {
      var reached = replicas[question.node][question.what.shard()].reached(question.what);
      if (reached.isPresent() && asked.remove(question)) {
        take(question.node, question.by, replicas[question.node][question.by].take(reached.get()));
      }
    }
  }

  private void send(int to, int shard, ReplicationMessage message) {
    sent.add(new Packet(to, shard, message));
    if (message instanceof Acknowledged) {
      answers++;
    } else {
      messages++;
    }
  }

  /** How many messages told of changes. */
  int messages() {
    return messages;
  }

  /** How many answers they had. */
  int answers() {
    return answers;
  }

  /** How many rounds it took until all was at the other node. */
  int rounds() {
    return rounds;
  }
}
