package dev.synod.actors;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that found a group, the same list on each of them. Once the group is founded its own
 * configuration is the truth, and this list only says where to look for it.
 *
 * @param nodes 1 to {@value Configuration#MEMBERS_MAX}, each name and each address once; three or
 *     five make sense
 * @param witnesses names of those that vote, and keep where entries stand, but neither what they
 *     say nor any state: fewer than half of those that vote
 * @param observers names of those that do not vote: they get what is committed, and answer reads
 */
public record Members(List<NodeAddress> nodes, List<String> witnesses, List<String> observers) {

  private static final String WITNESS = "witness";
  private static final String OBSERVER = "observer";

  public Members {
    nodes = List.copyOf(nodes);
    witnesses = witnesses.stream().distinct().sorted().toList();
    observers = observers.stream().distinct().sorted().toList();
    if (nodes.isEmpty() || nodes.size() > Configuration.MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a group has 1 to %d members, but got %d"
              .formatted(Configuration.MEMBERS_MAX, nodes.size()));
    }
    var names = new HashSet<String>();
    var addresses = new HashSet<String>();
    for (NodeAddress node : nodes) {
      if (!names.add(node.name())) {
        throw new IllegalArgumentException("two members are called " + node.name() + ": " + nodes);
      }
      if (!addresses.add(node.address())) {
        throw new IllegalArgumentException(
            "two members have the address " + node.address() + ": " + nodes);
      }
    }
    checkKinds(names, nodes, witnesses, observers);
  }

  private static void checkKinds(
      Set<String> names, List<NodeAddress> nodes, List<String> witnesses, List<String> observers) {
    if (!names.containsAll(witnesses)) {
      throw new IllegalArgumentException(
          "witnesses are members, but %s are not all among %s".formatted(witnesses, nodes));
    }
    if (!names.containsAll(observers) || observers.size() == nodes.size()) {
      throw new IllegalArgumentException(
          "observers are members, and others vote, but %s are to be observers among %s"
              .formatted(observers, nodes));
    }
    if (observers.stream().anyMatch(witnesses::contains)) {
      throw new IllegalArgumentException(
          "a witness votes and an observer does not, but some are to be both: %s, %s"
              .formatted(witnesses, observers));
    }
    int voters = nodes.size() - observers.size();
    if (!witnesses.isEmpty() && witnesses.size() > (voters - 1) / 2) {
      throw new IllegalArgumentException(
          "%d of %d members would be witnesses, which have no state: they must be a minority"
              .formatted(witnesses.size(), voters));
    }
  }

  /** All of them vote and keep everything. */
  public Members(List<NodeAddress> nodes) {
    this(nodes, List.of(), List.of());
  }

  public static Members of(NodeAddress... nodes) {
    return new Members(Arrays.asList(nodes));
  }

  /** The same nodes, of which those of these names are witnesses. */
  public Members withWitnesses(String... names) {
    return new Members(nodes, Arrays.asList(names), observers);
  }

  /** The same nodes, of which those of these names do not vote. */
  public Members withObservers(String... names) {
    return new Members(nodes, witnesses, Arrays.asList(names));
  }

  /**
   * Reads {@code n1=pekko://shop@10.0.0.7:7355,n2=pekko://shop@10.0.0.8:7355}, as it may stand in a
   * setting or on a command line. A witness or an observer has that word behind its address: {@code
   * n3=pekko://shop@10.0.0.9:7355 witness}.
   */
  public static Members parse(String text) {
    var nodes = new ArrayList<NodeAddress>();
    var witnesses = new ArrayList<String>();
    var observers = new ArrayList<String>();
    for (String part : text.split(",")) {
      var member = part.strip();
      var kind = says(member, WITNESS) ? WITNESS : says(member, OBSERVER) ? OBSERVER : "";
      var node = node(member.substring(0, member.length() - kind.length()));
      nodes.add(node);
      if (kind.equals(WITNESS)) {
        witnesses.add(node.name());
      } else if (kind.equals(OBSERVER)) {
        observers.add(node.name());
      }
    }
    return new Members(nodes, witnesses, observers);
  }

  private static boolean says(String member, String kind) {
    int before = member.length() - kind.length() - 1;
    return before >= 0 && member.endsWith(kind) && Character.isWhitespace(member.charAt(before));
  }

  private static NodeAddress node(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "a member is written as name=address, such as n1=pekko://shop@10.0.0.7:7355, but got \""
              + text.strip()
              + "\"");
    }
    return new NodeAddress(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /** Those who vote, with stores that mean nothing: to try on them what decides by names. */
  public List<Member> asVoters() {
    var voters = new ArrayList<Member>();
    for (NodeAddress node : nodes) {
      if (!observers.contains(node.name())) {
        voters.add(new Member(StoreId.of(voters.size() + 1L), node));
      }
    }
    return voters;
  }

  /** The member at that address of an actor system. */
  public Optional<NodeAddress> at(String address) {
    return nodes.stream().filter(node -> node.address().equals(address)).findFirst();
  }

  /** Whether a witness is at that address. */
  public boolean isWitness(String address) {
    return at(address).map(node -> witnesses.contains(node.name())).orElse(false);
  }

  /** Whether an observer is at that address. */
  public boolean isObserver(String address) {
    return at(address).map(node -> observers.contains(node.name())).orElse(false);
  }

  @Override
  public String toString() {
    return nodes
        + (witnesses.isEmpty() ? "" : ", witnesses " + witnesses)
        + (observers.isEmpty() ? "" : ", observers " + observers);
  }
}
