package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Nodes with a replica of each shard, a network that loses, doubles, reorders and splits, nodes
 * that start again from what they kept or with nothing, and sessions that go from node to node.
 * After every step: no node has a change as merged and lacks what that follows, in whichever shard.
 */
final class ShardedWorld {

  private static final Family<GSet<Long>> LINES =
      new Family<>("", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(6, 3, 8, 200, 2, 20);
  private static final int ROUNDS_MAX = 300;
  private static final Optional<Reached> NOT_YET = Optional.empty();

  private record Packet(
      int from, int to, int shard, ReplicaId receiver, ReplicationMessage message) {}

  /** What one replica of a node asks another one of it, or answers. */
  private record Word(int node, int by, Effect.Await what, Optional<Reached> answer) {}

  private final Random random;
  private final ShardFault fault;
  private final int nodes;
  private final int shards;
  private final Replication[][] replicas;
  private final KeptShards kept;
  private final List<Packet> inFlight = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final List<Word> asked = new ArrayList<>();
  private final List<ShardSession> sessions = new ArrayList<>();
  private final Map<Dot, ShardLine> lines = new HashMap<>();
  private final ShardWord word;
  private int alone = -1;
  private int ids;
  private int calls;
  private int several;

  ShardedWorld(Random random, ShardFault fault) {
    this.random = random;
    this.fault = fault;
    this.kept = new KeptShards(List.of(LINES), LIMITS, fault);
    nodes = 2 + random.nextInt(3);
    shards = 2 + random.nextInt(3);
    replicas = new Replication[nodes][shards];
    word = new ShardWord(replicas, lines);
    for (int node = 0; node < nodes; node++) {
      for (int shard = 0; shard < shards; shard++) {
        replicas[node][shard] = empty(shard);
      }
    }
    for (int node = 0; node < nodes; node++) {
      for (int shard = 0; shard < shards; shard++) {
        replicas[node][shard] = meeting(node, shard, replicas[node][shard]);
      }
    }
    for (int i = 0; i < 3; i++) {
      sessions.add(new ShardSession());
    }
  }

  private Replication empty(int shard) {
    return Replication.of(new ReplicaId(++ids), List.of(), List.of(LINES), LIMITS)
        .of(new Shard(shard, shards));
  }

  /** That replica, once it knows those of the other nodes. */
  private Replication meeting(int node, int shard, Replication replica) {
    var after = replica;
    for (int other = 0; other < nodes; other++) {
      after = other == node ? after : after.joined(replicas[other][shard].self());
    }
    return after;
  }

  /** How many calls were served. */
  int calls() {
    return calls;
  }

  /** How many messages with several intervals were sent. */
  int several() {
    return several;
  }

  void run(int steps, boolean restarts) {
    for (int i = 0; i < steps; i++) {
      int node = random.nextInt(nodes);
      int shard = random.nextInt(shards);
      switch (random.nextInt(12)) {
        case 0, 1 -> say(sessions.get(random.nextInt(sessions.size())), shard);
        case 2 -> look(sessions.get(random.nextInt(sessions.size())), shard);
        case 3 -> sessions.get(random.nextInt(sessions.size())).node = node;
        case 4 -> take(node, shard, replicas[node][shard].flush());
        case 5 -> resend(node, shard);
        case 6 -> misfortune(node, restarts);
        case 7, 8 -> hear(random.nextInt(Math.max(1, words.size())));
        default -> deliver();
      }
    }
  }

  private void misfortune(int node, boolean restarts) {
    switch (random.nextInt(8)) {
      case 0, 1 -> alone = random.nextInt(nodes + 1) - 1;
      case 2 -> search(node, random.nextInt(shards));
      case 5 -> fetch(node, random.nextInt(shards));
      case 3 -> {
        if (restarts) {
          recover(node);
        }
      }
      case 4 -> {
        if (restarts) {
          begin(node);
        }
      }
      default -> alone = -1;
    }
  }

  private void search(int node, int shard) {
    int other = (node + 1 + random.nextInt(nodes - 1)) % nodes;
    take(node, shard, replicas[node][shard].search(replicas[other][shard].self()));
  }

  /** A read of several replicas. */
  private void fetch(int node, int shard) {
    int other = (node + 1 + random.nextInt(nodes - 1)) % nodes;
    var from = List.of(replicas[other][shard].self());
    String key = shard + "/" + random.nextInt(4);
    take(node, shard, replicas[node][shard].fetch(random.nextLong(1_000_000), key, from));
  }

  private boolean mayBegin(ShardSession session, int shard) {
    var replica = replicas[session.node][shard];
    boolean isDue =
        fault == ShardFault.SERVES_EARLY
            ? replica.has(CausalToken.of(shard, session.token.changes(shard)))
            : replica.has(session.token);
    if (!isDue) {
      take(session.node, shard, replica.await(session.token));
      if (random.nextInt(20) == 0) { // what it has seen may be lost
        session.token = CausalToken.NONE;
        session.seen.clear();
      }
      return false;
    }
    calls++;
    return true;
  }

  private void learn(ShardSession session, int shard, String key) {
    var replica = replicas[session.node][shard];
    session.token =
        replica.token(key, fault == ShardFault.NARROW_TOKENS ? CausalToken.NONE : session.token);
    for (var line : lines.values()) {
      boolean isVersion = line.key().equals(key) && replica.version(key).contains(line.dot());
      if (line.shard() == shard && (isVersion || replica.merged().contains(line.dot()))) {
        session.seen.add(line);
        session.seen.addAll(line.past());
      }
    }
  }

  private void say(ShardSession session, int shard) {
    if (!mayBegin(session, shard)) {
      return;
    }
    var before = replicas[session.node][shard];
    String key = shard + "/" + random.nextInt(4);
    var follows = fault == ShardFault.FORGETS_WHAT_IT_FOLLOWS ? CausalToken.NONE : session.token;
    long id = lines.size();
    var past = new HashSet<>(session.seen);
    for (var line : lines.values()) {
      if (line.key().equals(key) && before.version(key).contains(line.dot())) {
        past.add(line); // what that follows may not be here; others wait until they have merged it
      }
      if (line.shard() == shard && before.merged().contains(line.dot())) {
        past.add(line);
        past.addAll(line.past());
      }
    }
    take(session.node, shard, before.update(LINES, key, follows, value -> value.add(id)));
    var line = new ShardLine(shard, key, new Dot(before.self(), before.lastChange() + 1), past);
    lines.put(line.dot(), line);
    word.isKept(session.node);
    learn(session, shard, key);
  }

  private void look(ShardSession session, int shard) {
    if (!mayBegin(session, shard)) {
      return;
    }
    for (var line : session.seen) {
      if (line.shard() == shard && !word.isAt(session.node, line)) {
        throw new AssertionError(
            "a session has seen %s, and does not see it".formatted(line.dot()));
      }
    }
    learn(session, shard, shard + "/" + random.nextInt(4));
  }

  private void take(int node, int shard, Step step) {
    var before = replicas[node][shard];
    replicas[node][shard] = step.after();
    kept.took(before, step);
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        send(node, shard, send);
      } else if (effect instanceof Effect.Await await) {
        words.add(new Word(node, shard, await, Optional.empty()));
      }
    }
    answer(node, shard);
    word.isKept(node);
  }

  private void send(int node, int shard, Effect.Send send) {
    var message = fault.sent(MessageCodec.decode(MessageCodec.encode(send.message())));
    several += send.message() instanceof Intervals ? 1 : 0;
    for (int to = 0; to < nodes; to++) {
      if (replicas[to][shard].self().equals(send.to())) {
        inFlight.add(new Packet(node, to, shard, send.to(), message));
      }
    }
  }

  /** Those who asked this replica for what it has by now are told. */
  private void answer(int node, int shard) {
    asked.removeIf(
        it -> {
          boolean isOurs = it.node == node && it.what.shard() == shard;
          var reached = isOurs ? reached(replicas[node][shard], it.what) : NOT_YET;
          reached.ifPresent(that -> words.add(new Word(node, it.by, it.what, reached)));
          return reached.isPresent();
        });
  }

  private Optional<Reached> reached(Replication replica, Effect.Await what) {
    return fault == ShardFault.ANSWERS_EARLY
        ? Optional.of(new Reached(what, what.changes(), CausalToken.NONE))
        : replica.reached(what);
  }

  private void hear(int index) {
    if (index >= words.size()) {
      return;
    }
    var word = words.remove(index);
    if (word.answer.isPresent()) {
      take(word.node, word.by, replicas[word.node][word.by].take(word.answer.get()));
    } else {
      asked.add(word);
      answer(word.node, word.what.shard());
    }
  }

  private void deliver() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var packet = random.nextInt(5) > 0 ? inFlight.remove(index) : inFlight.get(index);
    if (random.nextInt(8) > 0 && packet.from != alone && packet.to != alone) {
      arrive(packet);
    }
  }

  private void arrive(Packet packet) {
    var replica = replicas[packet.to][packet.shard];
    boolean isKnown = replicas[packet.from][packet.shard].self().equals(packet.message.from());
    if (replica.self().equals(packet.receiver) && isKnown) {
      take(
          packet.to, packet.shard, fault.answered(packet.message, replica.receive(packet.message)));
    }
  }

  private void resend(int node, int shard) {
    take(node, shard, replicas[node][shard].resend(other -> false));
  }

  private void forget(int node) {
    words.removeIf(it -> it.node == node);
    asked.removeIf(it -> it.node == node);
  }

  /** The node starts again, with all that it had. */
  private void recover(int node) {
    forget(node);
    for (int shard = 0; shard < shards; shard++) {
      var after = kept.recovered(replicas[node][shard], new Shard(shard, shards), random);
      replicas[node][shard] = meeting(node, shard, after);
    }
    word.isKept(node);
  }

  /** The node starts again, with nothing. */
  private void begin(int node) {
    forget(node);
    for (int shard = 0; shard < shards; shard++) {
      var gone = replicas[node][shard].self();
      var fresh = meeting(node, shard, empty(shard));
      for (int other = 0; other < nodes; other++) {
        if (other != node) {
          replicas[other][shard] = replicas[other][shard].left(gone).joined(fresh.self());
        }
      }
      replicas[node][shard] = fresh;
    }
  }

  /** From here on nothing goes wrong: all become equal, and nothing waits. */
  void heal() {
    alone = -1;
    for (int round = 0; round < ROUNDS_MAX && !(round > nodes && isDone()); round++) {
      for (int node = 0; node < nodes; node++) {
        for (int shard = 0; shard < shards; shard++) {
          resend(node, shard);
          if (round % 4 == 0) {
            search(node, shard);
          }
        }
      }
      while (!inFlight.isEmpty() || !words.isEmpty()) {
        if (!words.isEmpty()) {
          hear(0);
        } else {
          arrive(inFlight.remove(0));
        }
      }
    }
    if (!isDone()) {
      throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds");
    }
  }

  private boolean isDone() {
    for (int shard = 0; shard < shards; shard++) {
      for (int node = 0; node < nodes; node++) {
        var replica = replicas[node][shard];
        boolean isEqual =
            replica.digest() == replicas[0][shard].digest()
                && replica.merged().equals(replicas[0][shard].merged());
        boolean isKnown = replica.holders(replica.lastChange()) == nodes - 1;
        if (!isEqual || !isKnown || !replica.held().isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** All that anybody has said, if no node has begun with nothing. */
  void haveAll() {
    for (var line : lines.values()) {
      for (int node = 0; node < nodes; node++) {
        if (!replicas[node][line.shard()].merged().contains(line.dot())) {
          throw new AssertionError("node %d lacks %s".formatted(node, line.dot()));
        }
      }
    }
  }
}
