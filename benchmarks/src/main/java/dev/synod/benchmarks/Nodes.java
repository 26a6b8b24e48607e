package dev.synod.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.raft.Raft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actor systems that talk over the loopback, each with a data directory of its own. */
final class Nodes {

  static final String SYSTEM = "bench";
  static final String GROUP = "registers";

  private Nodes() {}

  /** Members n1, n2, … on free ports. */
  static Members members(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    var nodes = new ArrayList<NodeAddress>();
    try {
      for (int i = 1; i <= count; i++) {
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        nodes.add(
            new NodeAddress("n" + i, "pekko://" + SYSTEM + "@127.0.0.1:" + socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
    return new Members(List.copyOf(nodes));
  }

  static ActorSystem<Void> system(int port, Path directory) {
    Config own =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.port",
                port,
                "synod.data-directory",
                directory.toString()));
    return ActorSystem.create(
        Behaviors.empty(), SYSTEM, own.withFallback(ConfigFactory.load("bench")));
  }

  /** The replica of the group at that member. */
  static GroupRef<byte[], Long> start(ActorSystem<Void> system, Members members) {
    return Consensus.get(system)
        .start(Group.of(GROUP, Registers::new).using(Raft.protocol()).on(members));
  }

  static int port(NodeAddress node) {
    return Integer.parseInt(node.address().substring(node.address().lastIndexOf(':') + 1));
  }
}
