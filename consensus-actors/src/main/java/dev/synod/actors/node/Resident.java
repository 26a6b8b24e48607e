package dev.synod.actors.node;

import dev.synod.actors.Members;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;

/** A replica hosted here, as the node actor knows it, and which of the other members it has met. */
final class Resident {

  private static final int COMPLAINTS_MAX = 100;

  private final GroupId group;
  private final Member self;
  private final Members named;
  private final ActorRef<ReplicaMessage> replica;
  private final ReplicaMeters meters;

  /** By address: the store last heard there that knows as much of the founding as this one. */
  private final Map<String, StoreId> met = new HashMap<>();

  private final Set<StoreId> complainedAbout = new HashSet<>();

  private Optional<Founded> founded = Optional.empty();
  private Optional<Configuration> configuration = Optional.empty();

  /** Those before it that have a say still, by what its own log says. */
  private List<Configuration> elder = List.of();

  /** The newest of which another replica spoke: who came after this one's log ends. */
  private Optional<Configuration> heardOf = Optional.empty();

  private Optional<String> failure = Optional.empty();

  Resident(
      GroupId group,
      Member self,
      Members named,
      ActorRef<ReplicaMessage> replica,
      ReplicaMeters meters) {
    this.group = group;
    this.self = self;
    this.named = named;
    this.replica = replica;
    this.meters = meters;
  }

  GroupId group() {
    return group;
  }

  ActorRef<ReplicaMessage> replica() {
    return replica;
  }

  ReplicaMeters meters() {
    return meters;
  }

  boolean isRunning() {
    return failure.isEmpty();
  }

  /** The replica while it runs. */
  Optional<ActorRef<ReplicaMessage>> running() {
    return isRunning() ? Optional.of(replica) : Optional.empty();
  }

  /** The first reason counts. */
  void failed(String text) {
    failure = failure.or(() -> Optional.of(text));
  }

  String failure() {
    return failure.orElse("");
  }

  void founded(Founded how) {
    founded = Optional.of(how);
    configuration = Optional.of(how.configuration());
    met.clear();
  }

  /**
   * Who comes in anew may have restarted since it was met, and greeted others only.
   *
   * @param governing the newest last, before it those that have a say still; at least one
   */
  void reconfigured(List<Configuration> governing) {
    var before = own().toList();
    int last = governing.size() - 1;
    elder = List.copyOf(governing.subList(0, last));
    configuration = Optional.of(governing.get(last));
    own()
        .flatMap(one -> one.members().stream())
        .filter(member -> !isIn(before.stream(), member.store()))
        .forEach(member -> met.remove(member.node().address()));
  }

  /**
   * Whether another replica of the founded group speaks of members that came later than all that is
   * known here: they may not know that this one has come back, so they are to be greeted.
   */
  boolean learnsOfOthers(Hello hello) {
    boolean isNews =
        isFounded()
            && hello.founded().isPresent()
            && hello.configuration().map(Configuration::version).orElse(0L)
                > newest().map(Configuration::version).orElse(0L);
    if (isNews) {
      heardOf = hello.configuration();
    }
    return isNews;
  }

  /** Whether it is a member by its own log's word, and no witness. */
  boolean isFull() {
    return configuration.map(known -> known.isFull(self.store())).orElse(false);
  }

  Optional<Founded> founding() {
    return founded;
  }

  boolean isFounded() {
    return founded.isPresent();
  }

  /** Whether a Hello speaks of another founding than the one known here. */
  boolean contradicts(Hello hello) {
    return founded.isPresent()
        && hello.founded().isPresent()
        && hello.founded().get().incarnation() != founded.get().incarnation();
  }

  /** Whether a Hello speaks of what came of this group by a forced configuration. */
  boolean isSupersededBy(Hello hello) {
    return founded.isPresent()
        && hello.founded().isPresent()
        && new Incarnation(hello.founded().get().incarnation())
            .supersedes(new Incarnation(founded.get().incarnation()));
  }

  /** Whether to say so: once for each store. */
  boolean complainsAbout(Member other) {
    return complainedAbout.size() < COMPLAINTS_MAX && complainedAbout.add(other.store());
  }

  /** Whether a Hello comes from a replica that belongs to the group, as far as is known here. */
  boolean isMember(Hello hello) {
    return isIn(own(), hello.sender().store());
  }

  /**
   * Notes who was heard. Only an answer counts: it shows that the other one knows where this
   * replica is now, which its own greetings do not. Once this group is founded, the other must know
   * that, too.
   */
  void heard(Hello hello) {
    var address = hello.sender().node().address();
    boolean counts = hello.answerTo().isEmpty() && (!isFounded() || hello.founded().isPresent());
    if (counts) {
      met.put(address, hello.sender().store());
    } else if (!hello.sender().store().equals(met.get(address))) {
      met.remove(address);
    }
  }

  /** Where members are that have not been met. */
  List<String> missing() {
    return members()
        .map(NodeAddress::address)
        .distinct()
        .filter(address -> !address.equals(self.node().address()) && !met.containsKey(address))
        .toList();
  }

  Hello hello(Optional<ActorRef<NodeMessage>> answerTo) {
    return new Hello(group, self, replica, founded, configuration, answerTo);
  }

  /** What is known about a replica that is no more. */
  ReplicaStatus lastWord() {
    return without("stopped", failure.orElse("stopped"));
  }

  /** What is known about a replica that does not answer. */
  ReplicaStatus silence() {
    return without("unknown", "the replica does not answer");
  }

  private ReplicaStatus without(String role, String trouble) {
    return new ReplicaStatus(
        group,
        self,
        role,
        0,
        Optional.empty(),
        0,
        0,
        0,
        0,
        Optional.of(trouble),
        List.of(),
        List.of());
  }

  /**
   * Those of whom its own log speaks, and those of whom others do: until this one knows that the
   * former are gone, it needs their votes, and they need its vote. As long as only the founders are
   * known, others that were named may know more.
   */
  private Stream<NodeAddress> members() {
    var members =
        Stream.concat(own(), heardOf.stream())
            .flatMap(one -> one.members().stream())
            .map(Member::node);
    return newest().map(Configuration::version).orElse(1L) == 1
        ? Stream.concat(members, named.nodes().stream())
        : members;
  }

  /** All of which its own log says that they have a say. */
  private Stream<Configuration> own() {
    return Stream.concat(elder.stream(), configuration.stream());
  }

  private static boolean isIn(Stream<Configuration> configurations, StoreId store) {
    return configurations.anyMatch(one -> one.member(store).isPresent());
  }

  private Optional<Configuration> newest() {
    return Stream.of(configuration, heardOf)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Configuration::version));
  }
}
