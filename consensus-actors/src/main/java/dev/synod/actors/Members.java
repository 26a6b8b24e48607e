package dev.synod.actors;

import dev.synod.core.Configuration;
import dev.synod.core.NodeAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The nodes that found a group, the same list on each of them. Once the group is founded its own
 * configuration is the truth, and this list only says where to look for it.
 *
 * @param nodes 1 to {@value Configuration#MEMBERS_MAX}, each name and each address once; three or
 *     five make sense
 */
public record Members(List<NodeAddress> nodes) {

  public Members {
    nodes = List.copyOf(nodes);
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
  }

  public static Members of(NodeAddress... nodes) {
    return new Members(Arrays.asList(nodes));
  }

  /**
   * Reads {@code n1=pekko://shop@10.0.0.7:7355,n2=pekko://shop@10.0.0.8:7355}, as it may stand in a
   * setting or on a command line.
   */
  public static Members parse(String text) {
    return new Members(Arrays.stream(text.split(",")).map(Members::node).toList());
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

  /** The member at that address of an actor system. */
  public Optional<NodeAddress> at(String address) {
    return nodes.stream().filter(node -> node.address().equals(address)).findFirst();
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
