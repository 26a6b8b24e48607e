package dev.synod.actors.node;

import dev.synod.actors.Members;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the named members agree on a group's first configuration: the stores that they have then.
 * Pure: it sees Hellos and decides.
 *
 * <p>Only one node, the <em>convener</em>, makes the configuration: the member with the lowest
 * address. It does so once every other member has <em>answered</em> that it is fresh. The others
 * adopt what they hear, if their own store is in it. Each store adopts at most one founding and
 * keeps it for good, so no two foundings have a majority of stores each, unless as many disks were
 * lost as the group may not lose anyway:
 *
 * <ul>
 *   <li>A convener that lost its disk asks all others again. Those who have adopted say so, and it
 *       is a stranger.
 *   <li>An answer goes to the very actor that asked, so one meant for the convener before its disk
 *       was lost never reaches the one after. A Hello that came unasked may be old, and counts only
 *       for what it says was founded.
 *   <li>A member that loses its disk after its answer finds itself not in the configuration: a
 *       stranger too.
 * </ul>
 *
 * <p>A stranger never votes and never founds; membership change lets it in. If there were no
 * convener, a node that heard one member before and another after a disk was lost could found a
 * second group, whose majority has never heard of the first.
 */
final class Founders {

  private final GroupId group;
  private final Member self;
  private final Members named;
  private final SessionLimits sessions;
  private final Origin origin;
  private final Map<String, Member> fresh = new HashMap<>();
  private boolean isStranger;

  /**
   * Has heard nobody yet.
   *
   * @param joins whether this store waits to be let in: it founds nothing
   * @param sessions what the group gets if it is founded here
   * @param origin what else it is founded with here
   */
  Founders(
      GroupId group,
      Member self,
      Members named,
      boolean joins,
      SessionLimits sessions,
      Origin origin) {
    this.group = group;
    this.self = self;
    this.named = named;
    this.sessions = sessions;
    this.origin = origin;
    this.isStranger = joins;
  }

  /** What to do. */
  sealed interface Decision {

    /** Wait for more. */
    enum Wait implements Decision {
      INSTANCE
    }

    /** This is how the group is founded: write it down, then serve. */
    record Adopt(Founded founded) implements Decision {}

    /** The group was founded without this store: wait to be let in. */
    record Stranger(Founded founded) implements Decision {}

    /** This store is in it, but was given another protocol, or another state, to begin with. */
    record OtherOrigin(Founded founded) implements Decision {}

    /** This store is in it, but the group was founded by other nodes than those named here. */
    record Misnamed(Founded founded) implements Decision {}
  }

  /** Nobody was heard yet: a group of one is founded at once. */
  Decision begin() {
    return found();
  }

  Decision hear(Hello hello) {
    if (hello.founded().isPresent()) {
      return hearFounded(hello.founded().get(), hello.configuration());
    }
    hearFresh(hello);
    return found();
  }

  /**
   * Makes the configuration, without any choice: each member's store, whatever order they were
   * heard in.
   *
   * @param named says which of them are witnesses, and which observe
   */
  static Founded found(
      GroupId group, List<Member> members, Members named, SessionLimits sessions, Origin origin) {
    var configuration =
        new Configuration(
            members, those(members, named::isWitness), those(members, named::isObserver));
    return new Founded(
        incarnation(group, configuration, sessions, origin).number(), configuration, sessions);
  }

  private static List<StoreId> those(List<Member> members, Predicate<String> kind) {
    return members.stream()
        .filter(member -> kind.test(member.node().address()))
        .map(Member::store)
        .toList();
  }

  /** Whether a group that was founded so began with that. */
  static boolean isFrom(Origin origin, GroupId group, Founded founded) {
    var expected = incarnation(group, founded.configuration(), founded.sessions(), origin);
    return new Incarnation(founded.incarnation()).isRelatedTo(expected);
  }

  private Decision hearFounded(Founded founded, Optional<Configuration> configuration) {
    if (founded.configuration().member(self.store()).isEmpty()) {
      if (configuration.flatMap(known -> known.member(self.store())).isPresent()) {
        return new Decision.Adopt(founded); // a membership change has let it in
      }
      isStranger = true;
      return new Decision.Stranger(founded);
    }
    boolean isNamedSo =
        addresses(founded).equals(addresses())
            && witnesses(founded).equals(addresses(named::isWitness))
            && observers(founded).equals(addresses(named::isObserver));
    if (!isNamedSo) {
      return new Decision.Misnamed(founded);
    }
    return isFrom(origin, group, founded)
        ? new Decision.Adopt(founded)
        : new Decision.OtherOrigin(founded);
  }

  private void hearFresh(Hello hello) {
    var address = hello.sender().node().address();
    if (named.at(address).isEmpty() || address.equals(self.node().address())) {
      return;
    }
    if (hello.answerTo().isEmpty()) {
      fresh.put(address, hello.sender());
    } else if (!isKnownAs(address, hello.sender().store())) {
      fresh.remove(address);
    }
  }

  private boolean isKnownAs(String address, StoreId store) {
    var known = fresh.get(address);
    return known != null && known.store().equals(store);
  }

  private Decision found() {
    if (isStranger || !isConvener() || fresh.size() < named.nodes().size() - 1) {
      return Decision.Wait.INSTANCE;
    }
    var all = new ArrayList<>(fresh.values());
    all.add(self);
    return new Decision.Adopt(found(group, all, named, sessions, origin));
  }

  private boolean isConvener() {
    return named.nodes().stream()
        .map(NodeAddress::address)
        .min(Comparator.naturalOrder())
        .filter(self.node().address()::equals)
        .isPresent();
  }

  private Set<String> addresses() {
    return named.nodes().stream().map(NodeAddress::address).collect(Collectors.toSet());
  }

  private static Set<String> addresses(Founded founded) {
    return founded.configuration().members().stream()
        .map(member -> member.node().address())
        .collect(Collectors.toSet());
  }

  private Set<String> addresses(Predicate<String> kind) {
    return addresses().stream().filter(kind).collect(Collectors.toSet());
  }

  private static Set<String> observers(Founded founded) {
    return founded.configuration().members().stream()
        .filter(member -> !founded.configuration().isVoter(member.store()))
        .map(member -> member.node().address())
        .collect(Collectors.toSet());
  }

  private static Set<String> witnesses(Founded founded) {
    return founded.configuration().voters().stream()
        .filter(voter -> founded.configuration().isWitness(voter.store()))
        .map(voter -> voter.node().address())
        .collect(Collectors.toSet());
  }

  /**
   * FNV-1a, 64 bits, over the group's name, a zero byte, the encoded configuration, the limits, the
   * protocol's name, a zero byte, and the state.
   */
  private static Incarnation incarnation(
      GroupId group, Configuration configuration, SessionLimits sessions, Origin origin) {
    long digest = fnv(0xcbf29ce484222325L, Bytes.utf8(group.name()));
    digest = fnv(digest, Bytes.wrap(new byte[1]));
    digest = fnv(digest, configuration.encode());
    var limits = ByteBuffer.allocate(2 * Integer.BYTES);
    limits.putInt(sessions.sessionsMax()).putInt(sessions.repliesPerSessionMax());
    digest = fnv(digest, Bytes.wrap(limits.array()));
    digest = fnv(digest, Bytes.utf8(origin.protocol() + '\0'));
    return Incarnation.founded(fnv(digest, origin.state()));
  }

  private static long fnv(long start, Bytes bytes) {
    long digest = start;
    for (int i = 0; i < bytes.length(); i++) {
      digest = (digest ^ (bytes.at(i) & 0xff)) * 0x100000001b3L;
    }
    return digest;
  }
}
