package dev.synod.samples.node;

import dev.synod.samples.api.Json;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/**
 * What one node process is told by the demo, as one line of JSON.
 *
 * @param name of this node, one of {@code nodes}
 * @param folder for what it must not lose
 * @param protocol of its groups, on all nodes the same
 * @param nodes all nodes of the demo, this one too, in the same order everywhere
 */
public record NodeSettings(String name, Path folder, DemoProtocol protocol, List<Place> nodes) {

  /** The only address that anything binds to: this machine's own. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The name of every node's actor system: part of their addresses. */
  public static final String SYSTEM = "synod-demo";

  public NodeSettings {
    nodes = List.copyOf(nodes);
    String self = name;
    if (nodes.stream().noneMatch(place -> place.name().equals(self))) {
      throw new IllegalArgumentException("node " + name + " is none of " + nodes);
    }
  }

  /** The same address, without asking a resolver. */
  public static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  public static NodeSettings parse(String json) {
    return Json.read(json, NodeSettings.class);
  }

  /** Where the backup is with which that group begins, if there is one. */
  public Path restored(String group) {
    return folder.resolveSibling("restored").resolve(group);
  }

  /** Where all nodes of the demo write backups. */
  public Path backups() {
    return folder.resolveSibling(Path.of("..", "backups")).normalize();
  }

  public String toJson() {
    return Json.write(this);
  }

  public Place self() {
    return nodes.stream().filter(place -> place.name().equals(name)).findFirst().orElseThrow();
  }

  /** Where one node is: its port for other nodes and its port for people. */
  public record Place(String name, int nodePort, int webPort) {

    /** Of its actor system. */
    public String address() {
      return "pekko://%s@%s:%d".formatted(SYSTEM, LOOPBACK, nodePort);
    }

    /** Of its page. */
    public URI url() {
      return URI.create("http://" + LOOPBACK + ":" + webPort);
    }
  }
}
