package dev.synod.paxos.rules.multi;

import static dev.synod.paxos.rules.multi.SlotGroups.require;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Learn;
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.Quorums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Replicas with disks and a network, in which nothing happens by itself: a test says what does, or
 * {@link SlotChaos}. It sees everything, and fails at once when something is done that was not
 * chosen.
 */
final class SlotWorld {

  private record OnTheWay(StoreId from, StoreId to, Object message) {}

  /** A snapshot, as a message. */
  private record State(List<Entry> entries) {}

  private record Place(long slot, Ballot ballot) {}

  private static final int PAST_MAX = 20;

  private final Random random;
  private Regimes truth;
  private final Map<StoreId, SlotReplica> replicas = new HashMap<>();
  private final List<SlotReplica> all;
  private final List<OnTheWay> network = new ArrayList<>();
  private final List<SlotMessage> sent = new ArrayList<>();
  private final NavigableMap<String, List<OnTheWay>> past = new TreeMap<>();

  private final Map<Place, Entry> proposed = new HashMap<>();
  private final Map<Place, Set<StoreId>> accepted = new HashMap<>();
  private final Map<Long, Entry> chosen = new HashMap<>();
  private final Map<Long, Long> readsAsked = new HashMap<>();
  private long acknowledged;
  private long readsConfirmed;
  private long commands;
  private long reads;

  SlotWorld(long seed, int count, Quorums quorums) {
    this.random = new Random(seed);
    this.truth = SlotGroups.of(quorums);
    for (StoreId id : ids(count)) {
      replicas.put(id, new SlotReplica(id, SlotGroups.of(quorums), this));
    }
    this.all = ids(count).stream().map(replicas::get).toList();
  }

  static List<StoreId> ids(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(StoreId::of).toList();
  }

  /** How many votes or values go into one message. */
  int chunk() {
    return 1 + random.nextInt(random.nextBoolean() ? 3 : 12);
  }

  long acknowledged() {
    return acknowledged;
  }

  long readsConfirmed() {
    return readsConfirmed;
  }

  /** Those that govern the next slot. */
  Quorums quorums() {
    return truth.at(truth.known() + 1).quorums();
  }

  List<SlotReplica> replicas() {
    return all;
  }

  // What replicas do

  void send(StoreId from, StoreId to, SlotMessage message) {
    if (message instanceof Accept accept) {
      accept.entries().forEach(entry -> proposes(accept.ballot(), entry));
    } else if (message instanceof Accepted told) {
      for (long slot = told.firstSlot(); slot <= told.lastSlot(); slot++) {
        accepts(from, new Place(slot, told.ballot()));
      }
    }
    sent.add(message);
    var next = new OnTheWay(from, to, message);
    past.computeIfAbsent(message.getClass().getSimpleName(), kind -> new ArrayList<>()).add(next);
    network.add(next);
  }

  void sendSnapshot(StoreId from, StoreId to, List<Entry> state) {
    network.add(new OnTheWay(from, to, new State(state)));
  }

  private void proposes(Ballot ballot, Entry entry) {
    var before = proposed.putIfAbsent(new Place(entry.index(), ballot), entry);
    require(
        before == null || before.equals(entry),
        "one value a ballot: with %s it is %s and %s",
        ballot,
        before,
        entry);
  }

  private void accepts(StoreId acceptor, Place place) {
    require(
        place.slot() <= truth.decided(),
        "%s is proposed, and all that is chosen ends at %s",
        place,
        truth.known());
    var who = accepted.computeIfAbsent(place, none -> new TreeSet<>());
    who.add(acceptor);
    if (truth.at(place.slot()).quorums().accept().isMetBy(who::contains)) {
      var value = proposed.get(place);
      var before = chosen.putIfAbsent(place.slot(), value);
      require(
          before == null || before.equals(value),
          "one value a slot: %s is chosen, and with %s %s",
          before,
          place.ballot(),
          value);
      truth = SlotGroups.governed(truth, chosen);
    }
  }

  void mayVote(StoreId acceptor, SlotVote vote, long most) {
    require(vote.slot() <= most, "votes are bounded: %s above %s, of %s", vote, most, acceptor);
  }

  void voted(StoreId acceptor, SlotVote vote) {
    var value = proposed.get(new Place(vote.slot(), vote.ballot()));
    require(
        vote.entry().equals(value), "one value a ballot: %s, not %s, of %s", vote, value, acceptor);
  }

  void applied(StoreId replica, Entry entry) {
    require(
        entry.equals(chosen.get(entry.index())),
        "only what is chosen is applied: %s applies %s, chosen is %s",
        replica,
        entry,
        chosen.get(entry.index()));
  }

  void acknowledged(Entry entry) {
    require(
        entry.equals(chosen.get(entry.index())),
        "only what is chosen is acknowledged: %s, chosen is %s",
        entry,
        chosen.get(entry.index()));
    acknowledged = Math.max(acknowledged, entry.index());
  }

  void confirmed(long read, long slot) {
    readsConfirmed++;
    long before = readsAsked.get(read);
    require(
        slot >= before,
        "a read sees what was acknowledged: %s sees up to %s, not %s",
        read,
        slot,
        before);
  }

  // What a test makes happen

  /** All messages of that kind so far. */
  <M extends SlotMessage> List<M> sent(Class<M> kind) {
    return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Those that have not arrived. */
  <M extends SlotMessage> List<M> onTheWay(Class<M> kind) {
    return network.stream()
        .map(OnTheWay::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  void loseAll() {
    network.clear();
  }

  /** A proposer that is not here asks a replica to accept something. */
  void tell(SlotReplica to, Accept accept) {
    accept.entries().forEach(entry -> proposes(accept.ballot(), entry));
    to.receive(accept);
  }

  /** An acceptor has voted, too. */
  void accepted(SlotReplica acceptor, Accepted told) {
    send(acceptor.self, told.ballot().proposer(), told);
    loseAll();
  }

  /** Those messages arrive, and all that comes of them; the others are still on their way. */
  <M extends SlotMessage> void deliver(Class<M> kind, Predicate<M> wanted) {
    var others = new ArrayList<OnTheWay>();
    for (OnTheWay one : network) {
      if (!kind.isInstance(one.message()) || !wanted.test(kind.cast(one.message()))) {
        others.add(one);
      }
    }
    network.removeAll(others);
    settle();
    network.addAll(others);
  }

  /** All messages arrive, and no disk writes. */
  void settleMessages() {
    while (!network.isEmpty()) {
      deliver(network.remove(0));
    }
  }

  /** All arrives between these two; what others say and hear is lost. */
  void settleBetween(SlotReplica first, SlotReplica second) {
    for (int round = 0; round < 100; round++) {
      network.removeIf(one -> !isBetween(one, first, second));
      if (!network.isEmpty()) {
        deliver(network.remove(0));
      }
      first.durable(Integer.MAX_VALUE);
      second.durable(Integer.MAX_VALUE);
    }
  }

  private static boolean isBetween(OnTheWay one, SlotReplica first, SlotReplica second) {
    var both = Set.of(first.self, second.self);
    return both.contains(one.from()) && both.contains(one.to());
  }

  /** The next message that the weather lets through arrives, or is lost. Whether there was one. */
  boolean deliverOne(SlotWeather weather, Random chance) {
    int count = network.size();
    int start = weather.isInOrder() || count == 0 ? 0 : chance.nextInt(count);
    for (int i = 0; i < count; i++) {
      int at = (start + i) % count;
      var next = network.get(at);
      if (weather.isOpen(next.from(), next.to(), next.message().getClass())) {
        var fate = weather.fate();
        if (fate != SlotWeather.Fate.DOUBLED) {
          network.remove(at);
        }
        if (fate != SlotWeather.Fate.LOST) {
          deliver(next);
        }
        return true;
      }
    }
    return false;
  }

  /** Something that was said before arrives again: each kind of message as often. */
  void echo(Random chance) {
    if (!past.isEmpty()) {
      var kinds = List.copyOf(past.values());
      var said =
          chance.nextBoolean() && past.containsKey("Learn")
              ? past.get("Learn")
              : kinds.get(chance.nextInt(kinds.size()));
      deliver(said.get(Math.max(0, said.size() - 1 - chance.nextInt(PAST_MAX))));
    }
  }

  /** What it once asked these about what was chosen arrives again; they know more by now. */
  void answerLate(SlotReplica asker, List<SlotReplica> others) {
    for (OnTheWay asked : past.getOrDefault("Learn", List.of())) {
      var to = replicas.get(asked.to());
      if (asked.from().equals(asker.self) && others.contains(to)) {
        deliver(asked);
      }
    }
  }

  /** What it lacks it may have asked for before it led, and the answer is from later. */
  void askedLate(SlotReplica asker, SlotReplica other) {
    deliver(
        new OnTheWay(asker.self, other.self, new Learn(asker.self, asker.learner.chosen() + 1)));
  }

  /** So many are on their way at most; any of the others are lost. */
  void loseBeyond(int most, Random chance) {
    while (network.size() > most) {
      network.remove(chance.nextInt(network.size()));
    }
  }

  private void deliver(OnTheWay next) {
    var to = replicas.get(next.to());
    if (!to.isUp()) {
      return;
    }
    if (next.message() instanceof State state) {
      to.install(state.entries());
    } else {
      to.receive((SlotMessage) next.message());
    }
  }

  void beat(SlotReplica replica) {
    if (replica.leads()) {
      replica.propose(replica.proposer.heartbeatDue());
    }
  }

  /** Proposes something, if it leads and has room. */
  void command(SlotReplica replica) {
    replica
        .leading()
        .filter(leading -> leading.room() > 0)
        .ifPresent(
            leading -> {
              var payload = Bytes.utf8("c" + ++commands);
              replica.propose(
                  leading.propose(List.of(new SlotProposal(EntryKind.COMMAND, payload))));
            });
  }

  /** Its clients want to read, whether it leads or not. */
  void read(SlotReplica replica) {
    readsAsked.put(++reads, acknowledged);
    replica.propose(replica.proposer.read(reads));
  }

  /** No acceptor hears a proposer any more. */
  void silence() {
    all.forEach(one -> one.acceptor = one.acceptor.proposerSilent());
  }

  /** All messages arrive, and all disks write, until nothing is left to do. */
  void settle() {
    for (int step = 0; step < 100_000; step++) {
      if (!network.isEmpty()) {
        deliver(network.remove(0));
      } else if (all.stream().noneMatch(one -> one.disk.durable() < one.disk.ticket())) {
        return;
      }
      all.stream().filter(SlotReplica::isUp).forEach(one -> one.durable(Integer.MAX_VALUE));
    }
    throw new AssertionError(
        "a healed group goes on: messages without end: "
            + network.subList(0, Math.min(6, network.size())));
  }

  /** Nothing fails any more: a proposer must come to lead, and all must come to know all. */
  void heal() {
    all.stream().filter(one -> !one.isUp()).forEach(SlotReplica::restart);
    for (int round = 0; round < 60; round++) {
      settle();
      all.forEach(this::beat);
      settle();
      if (all.stream().noneMatch(SlotReplica::leads)) {
        silence();
        var one = all.get(random.nextInt(all.size()));
        one.propose(one.proposer.electionTimeout());
      }
    }
    long before = acknowledged;
    all.forEach(this::command);
    for (int round = 0; round < 10; round++) {
      settle();
      all.forEach(this::beat);
    }
    settle();
    require(acknowledged > before, "a healed group goes on: nothing is chosen after %s", before);
    for (SlotReplica one : all) {
      require(
          one.applied().size() == acknowledged,
          "a healed group goes on: %s has applied %s of %s",
          one.self,
          one.applied().size(),
          acknowledged);
    }
  }
}
