package dev.synod.samples.modes;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Members;
import dev.synod.actors.node.ArteryPeers;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.NodeStart;
import dev.synod.core.NodeAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The nodes n1, n2 and n3: three actor systems in this JVM, which speak by remoting over the
 * loopback, through {@link Links}. Nothing of theirs is on disk. Used by one thread.
 */
final class Cluster implements AutoCloseable {

  private static final List<String> NAMES = List.of("n1", "n2", "n3");
  private static final long END_SECONDS_MAX = 20;

  private static final String ASK_TIMEOUT = "synod.client.ask-timeout";

  /** As nodes begin: also on a busy machine, or while another leader is elected. */
  private static final Config PATIENT = ConfigFactory.load("synod-modes").withOnlyPath(ASK_TIMEOUT);

  /** Of who asks in vain: a person waits for it, and reads along. */
  private static final Config IMPATIENT = ConfigFactory.parseString(ASK_TIMEOUT + " = 3 s");

  /** A node that runs. */
  private record Node(ActorSystem<Void> system, String address) {}

  private final Links links = new Links(this::patient);
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, ConsensusNode> consensus = new LinkedHashMap<>();

  private Cluster() {}

  static Cluster start() {
    var cluster = new Cluster();
    boolean hasStarted = false;
    try {
      NAMES.forEach(cluster::startNode);
      hasStarted = true;
      return cluster;
    } finally {
      if (!hasStarted) {
        cluster.close();
      }
    }
  }

  private void startNode(String name) {
    var config = ConfigFactory.load("synod-modes");
    var system = ActorSystem.<Void>create(Behaviors.empty(), "synod-modes", config);
    nodes.put(name, new Node(system, system.address().toString()));
  }

  /** Of those that were not killed. */
  List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  ActorSystem<?> system(String name) {
    return node(name).system();
  }

  String address(String name) {
    return node(name).address();
  }

  List<String> addresses() {
    return nodes.values().stream().map(Node::address).toList();
  }

  Links links() {
    return links;
  }

  /** All of them, as members of a group. */
  Members members() {
    return new Members(
        nodes.entrySet().stream()
            .map(node -> new NodeAddress(node.getKey(), node.getValue().address()))
            .toList());
  }

  /** The node's consensus groups, of which messages pass the links. */
  ConsensusNode consensus(String name) {
    return consensus.computeIfAbsent(name, this::startConsensus);
  }

  private ConsensusNode startConsensus(String name) {
    var system = system(name);
    var peers = links.between(address(name), new ArteryPeers(system));
    return new NodeStart(system, ConsensusSettings.of(system), peers)
        .start(new SplittableRandom(new SecureRandom().nextLong()));
  }

  /**
   * Cuts that node off from all others. Until healed, what it asks of groups is refused soon,
   * unless it waits for an answer from before.
   */
  void cutOff(String name) {
    for (var other : nodes.keySet()) {
      if (!other.equals(name)) {
        links.cut(address(name), address(other));
        links.cut(address(other), address(name));
      }
    }
    var alone = consensus.get(name);
    if (alone != null) {
      alone.change(IMPATIENT);
    }
  }

  /** No node is cut off any more. */
  private void patient() {
    consensus.values().forEach(node -> node.change(PATIENT));
  }

  /** Ends that node without a last word to others. */
  void kill(String name) {
    cutOff(name);
    end(List.of(node(name)));
    nodes.remove(name);
    consensus.remove(name);
  }

  private Node node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node runs that is called " + name);
    }
    return node;
  }

  @Override
  public void close() {
    end(new ArrayList<>(nodes.values()));
    nodes.clear();
    consensus.clear();
  }

  private static void end(List<Node> ending) {
    ending.forEach(node -> node.system().terminate());
    ending.forEach(
        node ->
            node.system()
                .getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS)
                .join());
  }
}
