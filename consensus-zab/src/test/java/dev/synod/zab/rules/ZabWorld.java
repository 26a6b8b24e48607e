package dev.synod.zab.rules;

import dev.synod.core.Bytes;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.MembershipChange;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.core.Voting;
import dev.synod.zab.protocol.ZabMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Servers whose messages are lost, doubled and overtaken, whose disks lag and who crash, all as a
 * seed draws. It sees everything, and has a {@link ZabWitness} look at it.
 */
final class ZabWorld {

  static final ZabLimits LIMITS = new ZabLimits(3, 1000, 6, 1000);

  private record OnTheWay(StoreId from, StoreId to, Object message) {}

  /** A snapshot, as a message: all that was applied. */
  record State(StoreId from, Term epoch, List<Entry> entries) {}

  private final Random random;
  private final Voting voting;
  private final ZabWitness witness;
  private final Map<StoreId, ZabReplica> replicas = new TreeMap<>();
  private final List<ZabReplica> all;
  private final List<OnTheWay> network = new ArrayList<>();
  private final List<OnTheWay> sent = new ArrayList<>();
  private boolean moves;
  private long commands;
  private long changes;
  private long reads;

  ZabWorld(long seed, int voters, int observers, ZabLimits limits) {
    this(seed, voters, observers, limits, Voting.majority());
  }

  ZabWorld(long seed, int voters, int observers, ZabLimits limits, Voting voting) {
    this.random = new Random(seed);
    this.voting = voting;
    var configuration = configuration(voters, observers);
    this.witness = new ZabWitness(voting, voting.of(configuration));
    for (StoreId id : configuration.membership().all()) {
      replicas.put(id, new ZabReplica(id, configuration, limits, this));
    }
    this.all = List.copyOf(replicas.values());
  }

  /** From now on chance changes who belongs to the group, too. */
  ZabWorld moving() {
    moves = true;
    return this;
  }

  /** Voters from 1 on, then observers. */
  static Configuration configuration(int voters, int observers) {
    var members =
        ids(1, voters + observers).stream()
            .map(id -> new Member(id, new NodeAddress("n" + port(id), "127.0.0.1:" + port(id))))
            .toList();
    return new Configuration(
        1,
        members,
        Membership.of(ids(1, voters), ids(voters + 1, voters + observers)),
        Optional.empty(),
        Optional.empty());
  }

  private static long port(StoreId id) {
    return 7000 + id.uuid().getLeastSignificantBits();
  }

  static List<StoreId> ids(int first, int last) {
    return LongStream.rangeClosed(first, last).mapToObj(StoreId::of).toList();
  }

  Voting voting() {
    return voting;
  }

  ZabWitness witness() {
    return witness;
  }

  ZabReplica replica(long id) {
    return replicas.get(StoreId.of(id));
  }

  List<ZabReplica> replicas() {
    return all;
  }

  // What replicas do

  void send(StoreId from, StoreId to, ZabMessage message) {
    sent.add(new OnTheWay(from, to, message));
    network.add(new OnTheWay(from, to, message));
  }

  void said(ZabReplica by, ZabMessage message) {
    witness.said(by, message);
  }

  void stepped(ZabReplica by, Step step) {
    witness.stepped(by, step);
  }

  void sendSnapshot(StoreId to, State state) {
    sent.add(new OnTheWay(state.from(), to, state));
    network.add(new OnTheWay(state.from(), to, state));
  }

  void applied(ZabReplica by, Entry entry) {
    witness.applied(by, entry);
  }

  void confirmed(long read, long index) {
    witness.confirmed(read, index);
  }

  // What a test makes happen

  /** All messages of that kind so far. */
  <M extends ZabMessage> List<M> sent(Class<M> kind) {
    return sent.stream().map(OnTheWay::message).filter(kind::isInstance).map(kind::cast).toList();
  }

  void forgetSent() {
    sent.clear();
  }

  /** Who has said what to whom, one line each, in order. */
  String transcript() {
    var lines = new StringJoiner("\n", "", "\n");
    for (OnTheWay one : sent) {
      var what = one.message().getClass().getSimpleName();
      lines.add(one.from() + " -> " + one.to() + " " + what);
    }
    return lines.toString();
  }

  void loseAll() {
    network.clear();
  }

  /** Messages on their way that match are lost. */
  void lose(Predicate<ZabMessage> unwanted) {
    network.removeIf(one -> one.message() instanceof ZabMessage m && unwanted.test(m));
  }

  void beginAll() {
    all.forEach(ZabReplica::begin);
  }

  /** Proposes something, if it leads and has room. */
  void command(ZabReplica replica) {
    replica
        .leading()
        .filter(Leading::takesProposals)
        .ifPresent(
            leading -> {
              var payload = Bytes.utf8("c" + ++commands);
              replica.perform(leading.propose(List.of(new Proposal(EntryKind.COMMAND, payload))));
            });
  }

  /** Some server is to vote, to observe, or to leave, if that one leads and has no objection. */
  void changeMembers(ZabReplica replica) {
    var store = all.get(random.nextInt(all.size())).self;
    var change =
        switch (random.nextInt(3)) {
          case 0 -> new MembershipChange.AddVoter(store);
          case 1 -> new MembershipChange.AddLearner(store);
          default -> new MembershipChange.Remove(store);
        };
    replica.leading().ifPresent(leading -> change(replica, leading, change));
  }

  /** Begins that change, if there is no objection. */
  void change(ZabReplica replica, Leading leading, MembershipChange... wanted) {
    var members = configuration(all.size(), 0).members();
    long version = leading.server().configuration().version();
    var request = new ChangeRequest(new UUID(0, ++changes), version, List.of(wanted), members);
    if (Reconfiguration.objection(leading, request).isEmpty()) {
      replica.perform(Reconfiguration.begin(leading, request));
    }
  }

  void read(ZabReplica replica) {
    replica.leading().ifPresent(leading -> replica.perform(leading.read(asked())));
    replica.joined().ifPresent(joined -> replica.perform(joined.read(asked())));
  }

  private long asked() {
    witness.asked(++reads);
    return reads;
  }

  /** All messages arrive, and no disk writes. */
  void settleMessages() {
    while (!network.isEmpty()) {
      deliver(network.remove(0));
    }
  }

  /** All messages arrive, and all disks write, until nothing is left to do. */
  void settle() {
    settle(one -> true);
  }

  /** As {@link #settle()}, where others neither hear nor are heard. */
  void settle(Predicate<ZabReplica> connected) {
    for (int step = 0; step < 200_000; step++) {
      network.removeIf(
          one -> !connected.test(replicas.get(one.from())) || !connected.test(to(one)));
      if (!network.isEmpty()) {
        deliver(network.remove(0));
      } else if (all.stream()
          .noneMatch(one -> one.isUp() && one.disk.durable() < one.disk.ticket())) {
        return;
      }
      all.stream().filter(ZabReplica::isUp).forEach(one -> one.durable(Integer.MAX_VALUE));
    }
    throw new AssertionError(
        "a healed group comes to rest: messages without end, "
            + network.subList(0, Math.min(6, network.size())));
  }

  private ZabReplica to(OnTheWay one) {
    return replicas.get(one.to());
  }

  /** All timers that only repeat what was said fire, and what comes of it happens. */
  void tick(Predicate<ZabReplica> connected) {
    for (ZabReplica one : all) {
      one.looking().ifPresent(looking -> one.perform(looking.electionDue()));
      one.joined().ifPresent(joined -> one.perform(joined.joinDue()));
      one.leading().ifPresent(leading -> one.perform(leading.heartbeatDue()));
    }
    settle(connected);
    for (ZabReplica one : all) {
      one.looking().ifPresent(looking -> one.perform(looking.finalizeDue()));
    }
    settle(connected);
  }

  // What chance makes happen

  /** Anything may happen, so often. */
  void chaos(int events) {
    for (int i = 0; i < events; i++) {
      var replica = all.get(random.nextInt(all.size()));
      int event = random.nextInt(1000);
      if (!replica.isUp()) {
        if (event < 100) {
          replica.restart();
        }
      } else if (event < 640) {
        deliverAny();
      } else if (event < 800) {
        replica.durable(1 + random.nextInt(3));
      } else if (event < 880) {
        repeat(replica);
      } else if (event < 940) {
        command(replica);
      } else if (event < 965) {
        read(replica);
      } else if (event < 969) {
        replica.crash();
      } else if (event < 974) {
        replica.compact();
      } else if (event < 977) {
        loseLeader(replica);
        checkQuorum(replica);
      } else if (event < 985 && moves) {
        changeMembers(replica);
      } else if (event < 988 && moves) {
        handOver(replica);
      }
    }
  }

  private void handOver(ZabReplica replica) {
    replica.leading().ifPresent(leading -> replica.perform(Handover.begin(leading, 3)));
  }

  private void repeat(ZabReplica one) {
    one.leading().ifPresent(leading -> one.perform(leading.heartbeatDue()));
    one.joined().ifPresent(joined -> one.perform(joined.joinDue()));
    one.looking()
        .ifPresent(
            looking ->
                one.perform(random.nextBoolean() ? looking.electionDue() : looking.finalizeDue()));
  }

  private void deliverAny() {
    if (network.isEmpty()) {
      return;
    }
    int at = random.nextInt(network.size());
    var next = network.get(at);
    int fate = random.nextInt(100);
    if (fate >= 5) {
      network.set(at, network.get(network.size() - 1));
      network.remove(network.size() - 1);
    }
    if (fate < 92) {
      deliver(next);
    } else {
      snapshotEnded(next);
    }
  }

  /** Who sends a snapshot learns at last whether it has arrived. */
  private void snapshotEnded(OnTheWay one) {
    var from = replicas.get(one.from());
    if (one.message() instanceof State) {
      from.leading().ifPresent(leading -> from.perform(leading.snapshotEnded(one.to())));
    }
  }

  private void deliver(OnTheWay next) {
    var to = to(next);
    if (to.isUp() && next.message() instanceof State state) {
      to.received(state);
    } else if (to.isUp() && next.message() instanceof ZabMessage message) {
      to.receive(message);
    }
    snapshotEnded(next);
  }

  /** Nothing fails any more: a leader must come to lead, and all must come to know all. */
  void heal() {
    all.stream().filter(one -> !one.isUp()).forEach(ZabReplica::restart);
    settle();
    calm(60);
    long before = witness.committed();
    all.forEach(this::command);
    calm(20);
    ZabWitness.require(
        "a healed group goes on",
        witness.committed() > before,
        "nothing is committed any more, after %s: %s",
        before,
        all);
    var members = witness.members();
    for (ZabReplica one : all) {
      if (members.isPresent() && members.get().member(one.self).isEmpty()) {
        continue;
      }
      ZabWitness.require(
          "a healed group delivers all",
          one.applied().size() == witness.committed(),
          "%s has applied %s of %s",
          one,
          one.applied().size(),
          witness.committed());
    }
  }

  /** So many times all timers fire, those rarely that end in a new election. */
  void calm(int rounds) {
    for (int round = 1; round <= rounds; round++) {
      tick(one -> true);
      if (round % 4 == 0) {
        all.stream().filter(ZabReplica::isForsaken).forEach(this::loseLeader);
      }
      if (round % 8 == 0) {
        all.forEach(this::checkQuorum);
      }
    }
  }

  private void loseLeader(ZabReplica one) {
    one.joined().ifPresent(joined -> one.perform(joined.leaderSilent()));
  }

  private void checkQuorum(ZabReplica one) {
    one.leading().ifPresent(leading -> one.perform(leading.quorumCheckDue()));
  }
}
