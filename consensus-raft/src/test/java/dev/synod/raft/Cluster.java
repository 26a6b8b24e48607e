package dev.synod.raft;

import static dev.synod.raft.RaftFixture.ROOMY;
import static dev.synod.raft.RaftFixture.group;

import dev.synod.core.Bytes;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Proposal;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A group whose network is a list: the test says what is delivered, lost, doubled or overtaken, and
 * when somebody loses patience. Nothing is random and nothing happens by itself.
 *
 * <p>Two of the paper's properties are looked at all along: one leader a term, and one entry an
 * index for all who apply it (Fig. 3).
 */
final class Cluster {

  /** A conversation longer than this does not end. */
  private static final int DELIVERIES_MAX = 20_000;

  /** A message on its way. */
  record Envelope(StoreId to, RaftMessage message) {

    boolean is(Class<? extends RaftMessage> kind) {
      return kind.isInstance(message);
    }

    boolean touches(StoreId store) {
      return to.equals(store) || message.from().equals(store);
    }

    Envelope withoutCommit() {
      return message instanceof Heartbeat beat
          ? new Envelope(to, new Heartbeat(beat.from(), beat.term(), 0, beat.round()))
          : this;
    }

    boolean goes(StoreId sender, StoreId receiver) {
      return message.from().equals(sender) && to.equals(receiver);
    }
  }

  final List<Envelope> inTransit = new ArrayList<>();
  final Transcript transcript = new Transcript();
  private final TreeMap<StoreId, ClusterNode> nodes = new TreeMap<>();
  private final Set<StoreId> cutOff = new HashSet<>();
  private final Map<Term, StoreId> leaders = new HashMap<>();
  private final Map<Long, Entry> applied = new TreeMap<>();
  private final List<Envelope> delivered = new ArrayList<>();

  private final Configuration founding;
  private final ReplicationLimits limits;

  private Cluster(Configuration founding, ReplicationLimits limits) {
    this.founding = founding;
    this.limits = limits;
    for (var voter : founding.voters()) {
      var node = new ClusterNode(this, voter.store(), founding, limits);
      nodes.put(voter.store(), node);
    }
  }

  /** A server that is let in later: it knows the founding, and has an empty log. */
  void joins(StoreId store) {
    transcript.note(store + " is ready to be let in");
    nodes.put(store, new ClusterNode(this, store, founding, limits));
  }

  static Cluster of(int size) {
    return new Cluster(group(size), ROOMY);
  }

  /** So many, of which these are witnesses. */
  static Cluster of(int size, StoreId... witnesses) {
    return new Cluster(group(size, witnesses), ROOMY);
  }

  static Cluster of(int size, ReplicationLimits limits) {
    return new Cluster(group(size), limits);
  }

  ClusterNode node(StoreId store) {
    return nodes.get(store);
  }

  List<ClusterNode> nodes() {
    return List.copyOf(nodes.values());
  }

  Leader leader(StoreId store) {
    return (Leader) node(store).role;
  }

  // What happens to servers.

  void timesOut(StoreId store) {
    transcript.note(store + " hears no leader for its election timeout");
    node(store).perform(node(store).role.electionTimeout());
  }

  /** Everybody forgets, as after the minimum election timeout, that there was a leader. */
  void leaderIsSilent() {
    transcript.note("no leader is heard for the minimum election timeout");
    nodes.values().forEach(node -> node.perform(node.role.leaderSilent()));
  }

  /** Nobody hears a leader, this one stands, and all that is said about it is delivered. */
  void elect(StoreId store) {
    leaderIsSilent();
    timesOut(store);
    deliverAll();
    if (!(node(store).role instanceof Leader)) {
      throw new AssertionError(store + " was not elected: " + this);
    }
  }

  void propose(StoreId store, String... commands) {
    transcript.note("a client asks " + store + " for " + String.join(", ", commands));
    var proposals =
        Stream.of(commands).map(c -> new Proposal(EntryKind.COMMAND, Bytes.utf8(c))).toList();
    node(store).perform(leader(store).propose(proposals));
  }

  void changes(StoreId store, ChangeRequest request) {
    transcript.note("an administrator asks " + store + " for " + request.changes());
    node(store).perform(leader(store).change(request));
  }

  void read(StoreId store, long number) {
    transcript.note("a client asks " + store + " for read " + number);
    node(store).perform(leader(store).read(number));
  }

  void beats(StoreId store) {
    transcript.note(store + "'s heartbeat is due");
    node(store).perform(leader(store).heartbeatDue());
  }

  /** A heartbeat of which that server hears no commit index: it lost the entries. */
  void beatsWithoutCommit(StoreId store, StoreId loser) {
    beats(store);
    inTransit.replaceAll(e -> e.goes(store, loser) ? e.withoutCommit() : e);
  }

  void checksQuorum(StoreId store) {
    transcript.note(store + " checks whether it heard a quorum");
    node(store).perform(leader(store).quorumCheckDue());
  }

  void handsOver(StoreId store) {
    transcript.note(store + " hands over");
    node(store).perform(leader(store).transfer(3));
  }

  void syncs(StoreId store) {
    transcript.note(store + "'s disk has written everything");
    node(store).sync();
  }

  void crash(StoreId store) {
    transcript.note(store + " crashes and starts again");
    node(store).crash();
    inTransit.removeIf(e -> e.to().equals(store));
  }

  void compact(StoreId store, long upTo) {
    var node = node(store);
    var position = new LogPosition(upTo, node.log.termAt(upTo));
    node.log.compactTo(position);
    node.disk().compactTo(position);
    transcript.note(store + " compacts its log up to " + position);
  }

  /** The snapshots that are due arrive whole, and the leader hears so. */
  void deliverSnapshots(StoreId from) {
    var sender = node(from);
    for (StoreId to : List.copyOf(sender.snapshotsDue)) {
      sender.snapshotsDue.remove(to);
      var base = sender.log.base();
      var message =
          new InstallSnapshot(
              from,
              sender.role.term(),
              base,
              sender.role.server().memberships().committed(base.index()),
              sender.role.server().configuration().isWitness(to));
      transcript.message(from, to, message);
      node(to).hear(message);
      sender.perform(leader(from).snapshotDelivered(to, base.index()));
    }
  }

  // What happens to messages.

  void cutOff(StoreId... stores) {
    transcript.note("cut off: " + String.join(", ", Stream.of(stores).map(s -> "" + s).toList()));
    cutOff.addAll(List.of(stores));
  }

  void heal() {
    transcript.note("all are connected again");
    cutOff.clear();
  }

  /** Delivers what is there and what follows from it, until nothing is left. */
  void deliverAll() {
    deliver(any -> true);
  }

  /** Delivers those, and those among what follows from them, until none is left. */
  void deliver(Predicate<Envelope> which) {
    int deliveries = 0;
    while (deliverOne(which)) {
      if (++deliveries > DELIVERIES_MAX) {
        throw new AssertionError("this conversation does not end: " + inTransit + " " + this);
      }
    }
  }

  /** Delivers the first such message; false if there is none. */
  boolean deliverOne(Predicate<Envelope> which) {
    var next = inTransit.stream().filter(which).findFirst();
    next.ifPresent(
        envelope -> {
          inTransit.remove(envelope);
          handOver(envelope);
        });
    return next.isPresent();
  }

  /** Delivers a message from the test's hand: again, late, or made up. */
  void handOver(Envelope envelope) {
    if (cutOff.contains(envelope.to()) || cutOff.contains(envelope.message().from())) {
      return;
    }
    delivered.add(envelope);
    transcript.message(envelope.message().from(), envelope.to(), envelope.message());
    node(envelope.to()).hear(envelope.message());
  }

  List<Envelope> lose(Predicate<Envelope> which) {
    var lost = inTransit.stream().filter(which).toList();
    lost.forEach(e -> transcript.note("lost: " + e.to() + " ◄ " + Words.of(e.message())));
    inTransit.removeAll(lost);
    return lost;
  }

  <T extends RaftMessage> List<T> delivered(Class<T> kind) {
    return delivered.stream()
        .map(Envelope::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  // What nodes report.

  void became(StoreId store, Step step) {
    transcript.became(store, step);
    if (step.after() instanceof Leader leader) {
      var other = leaders.putIfAbsent(leader.term(), store);
      if (other != null && !other.equals(store)) {
        throw new AssertionError("two leaders in " + leader.term() + ": " + other + ", " + store);
      }
    }
    if (step.after() instanceof Follower) {
      node(store).snapshotsDue.clear();
    }
  }

  void applied(StoreId store, Entry entry) {
    var other = applied.get(entry.index());
    if (other == null || other.kind() == EntryKind.WITNESSED) {
      applied.put(entry.index(), entry);
    }
    if (other != null && !isSame(other, entry)) {
      throw new AssertionError(store + " applies " + entry + " where another had " + other);
    }
  }

  private static boolean isSame(Entry one, Entry other) {
    boolean isWitnessed = one.kind() == EntryKind.WITNESSED || other.kind() == EntryKind.WITNESSED;
    return isWitnessed ? one.position().equals(other.position()) : one.equals(other);
  }

  /** The highest index that anybody applied. */
  long committed() {
    return applied.keySet().stream().mapToLong(i -> i).max().orElse(0);
  }

  Entry committedAt(long index) {
    return applied.get(index);
  }

  @Override
  public String toString() {
    return nodes.values() + " " + inTransit;
  }
}
