package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Three replicas that change a value, send each other intervals of deltas or all they have, over a
 * network that loses, doubles, reorders and splits, and that crash: all of it drawn from a seed.
 * After each step the replica's value is what the model says of the events it has seen.
 */
final class Drawn<T extends Lattice<T>, O> {

  private static final int REPLICAS = 3;
  private static final int IN_FLIGHT_MAX = 30;

  /** Deltas of a numbered interval of the sender's, and the events in them. */
  private record Message<T>(
      int from, int to, int life, int first, int end, T group, BitSet events) {}

  private record Buffered<T>(T delta, BitSet events) {}

  private static final class Replica<T> {
    ReplicaId id;
    int life; // how often its buffer began anew
    T state;
    BitSet seen = new BitSet();
    List<Buffered<T>> buffer = new ArrayList<>();
    int[] acknowledged = new int[REPLICAS];
    int[] received = new int[REPLICAS];
    int[] receivedLife = new int[REPLICAS];
  }

  private final TypeContract<T, O> type;
  private final Random random;
  private final List<Replica<T>> replicas = new ArrayList<>();
  private final List<Message<T>> inFlight = new ArrayList<>();
  private final List<Event<O>> events = new ArrayList<>();
  private final List<T> deltas = new ArrayList<>();
  private int ids;
  private int alone = -1; // the one that is cut off

  Drawn(TypeContract<T, O> type, long seed) {
    this.type = type;
    this.random = new Random(seed);
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(fresh(0));
    }
  }

  private Replica<T> fresh(int life) {
    var replica = new Replica<T>();
    replica.id = new ReplicaId(++ids);
    replica.state = type.empty();
    replica.life = life;
    return replica;
  }

  List<T> states() {
    return replicas.stream().map(replica -> replica.state).toList();
  }

  /** All deltas that operations made, those included that crashes have lost. */
  List<T> deltas() {
    return deltas;
  }

  List<ReplicaId> ids() {
    return replicas.stream().map(replica -> replica.id).toList();
  }

  Random random() {
    return random;
  }

  Drawn<T, O> run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    return this;
  }

  private void step() {
    int at = random.nextInt(REPLICAS);
    int choice = random.nextInt(100);
    if (choice < 40) {
      operate(at);
    } else if (choice < 60) {
      sendInterval(at, random.nextInt(REPLICAS));
    } else if (choice < 65) {
      sendState(at, random.nextInt(REPLICAS));
    } else if (choice < 92) {
      deliver();
    } else if (choice < 96) {
      alone = random.nextInt(REPLICAS + 1) - 1;
    } else if (choice < 98) {
      restart(at);
    } else {
      replicas.set(at, fresh(replicas.get(at).life + 1));
    }
  }

  /** One operation at that replica. */
  void operate(int at) {
    var replica = replicas.get(at);
    var operation = type.draw(random, replica.state, replica.id);
    var delta = type.delta(replica.state, replica.id, operation);
    if (delta.isEmpty()) {
      return;
    }
    var event = new Event<>(events.size(), replica.id, operation, (BitSet) replica.seen.clone());
    events.add(event);
    var only = new BitSet();
    only.set(event.number());
    deltas.add(delta.get());
    merge(replica, delta.get(), only);
  }

  private void merge(Replica<T> replica, T group, BitSet news) {
    var before = replica.state;
    replica.state = before.merge(group);
    replica.seen.or(news);
    replica.buffer.add(new Buffered<>(group, news));
    type.check(before.isPartOf(replica.state), "a merge forgets nothing: %s", before);
    type.check(group.isPartOf(replica.state), "a merge takes all: %s", group);
    type.checkValue(replica.state, history(replica.seen));
  }

  private History<O> history(BitSet seen) {
    return new History<>(seen.stream().mapToObj(events::get).toList());
  }

  private void sendInterval(int from, int to) {
    var sender = replicas.get(from);
    int first = sender.acknowledged[to];
    if (from == to || first == sender.buffer.size()) {
      return;
    }
    T group = type.empty();
    var news = new BitSet();
    for (var buffered : sender.buffer.subList(first, sender.buffer.size())) {
      group = group.merge(buffered.delta);
      news.or(buffered.events);
    }
    send(new Message<>(from, to, sender.life, first, sender.buffer.size(), group, news));
  }

  private void sendState(int from, int to) {
    var sender = replicas.get(from);
    send(
        new Message<>(
            from,
            to,
            sender.life,
            0,
            sender.buffer.size(),
            sender.state,
            (BitSet) sender.seen.clone()));
  }

  private void send(Message<T> message) {
    if (inFlight.size() < IN_FLIGHT_MAX) {
      inFlight.add(message);
    }
  }

  /** Any message that is under way: in any order, twice, or never. */
  private void deliver() {
    if (inFlight.isEmpty()) {
      return;
    }
    int index = random.nextInt(inFlight.size());
    var message = inFlight.get(index);
    boolean lost = random.nextInt(10) == 0;
    if (lost || random.nextInt(4) > 0) {
      inFlight.remove(index);
    }
    boolean cut = message.from != message.to && (message.from == alone || message.to == alone);
    if (!lost && !cut) {
      receive(message);
    }
  }

  /** Takes an interval only if all before it has arrived. */
  private void receive(Message<T> message) {
    var replica = replicas.get(message.to);
    var sender = replicas.get(message.from);
    if (replica.receivedLife[message.from] != message.life) {
      if (message.first > 0) {
        return;
      }
      replica.receivedLife[message.from] = message.life;
      replica.received[message.from] = 0;
    }
    if (message.first > replica.received[message.from]) {
      return;
    }
    merge(replica, message.group, message.events);
    replica.received[message.from] = Math.max(replica.received[message.from], message.end);
    if (sender.life == message.life && random.nextInt(3) > 0) { // the answer may be lost, too
      sender.acknowledged[message.to] =
          Math.max(sender.acknowledged[message.to], replica.received[message.from]);
    }
  }

  /** Comes back with its state; what it wanted to send is gone, so it starts with its state. */
  private void restart(int at) {
    var replica = replicas.get(at);
    replica.buffer = new ArrayList<>();
    replica.buffer.add(new Buffered<>(replica.state, (BitSet) replica.seen.clone()));
    replica.acknowledged = new int[REPLICAS];
    replica.life++;
  }

  /** All get all that any of them has; then they must be equal. */
  T heal() {
    T all = type.empty();
    var seen = new BitSet();
    for (var replica : replicas) {
      all = all.merge(replica.state);
      seen.or(replica.seen);
    }
    for (int from = 0; from < REPLICAS; from++) {
      for (int to = REPLICAS - 1; to >= 0; to--) {
        var sender = replicas.get(from);
        merge(replicas.get(to), sender.state, (BitSet) sender.seen.clone());
      }
    }
    merge(replicas.get(0), replicas.get(REPLICAS - 1).state, seen);
    merge(replicas.get(1), replicas.get(REPLICAS - 1).state, seen);
    for (var replica : replicas) {
      type.check(replica.state.equals(all), "replicas that know the same are equal: %s", all);
    }
    type.checkValue(all, history(seen));
    return all;
  }
}
