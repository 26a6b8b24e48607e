package dev.synod.testkit.crdt;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.Ladder;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.raft.Raft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with a ladder, its data and its group. */
record LadderNode(ActorSystem<Void> system, Ladder ladder) {

  static final String NAME = "shop";

  private static final int PORT_MIN = 20_000;
  private static final int PORT_MAX = 31_999;
  private static final int PORT_TRIES_MAX = 1_000;

  static final LadderFamily<PnCounter, Long> LIKES =
      LadderFamily.of(
          new Family<>("like/", PlainCodecs.pnCounter(), PnCounter.ZERO),
          Long.class,
          (counter, by, amount) -> counter.add(by, amount));
  static final LadderFamily<BoundedCounter, Long> STOCK =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0)),
          Long.class,
          amount -> amount);
  private static final List<LadderFamily<?, ?>> FAMILIES = List.of(LIKES, STOCK);

  /** One whose data has a list of nodes. */
  static LadderNode start(NodeAddress node, Members members, Path directory) {
    var system = system(node, directory);
    var addresses = members.nodes().stream().map(NodeAddress::address).toList();
    return start(
        system,
        members,
        ReplicatedValues.start(system, NAME, addresses, List.of(LIKES.values(), STOCK.values())));
  }

  /** One with that data. */
  static LadderNode start(ActorSystem<Void> system, Members members, ReplicatedValues data) {
    var group =
        Consensus.get(system)
            .start(Ladder.group("ladder", FAMILIES).using(Raft.protocol()).on(members));
    return new LadderNode(system, Ladder.start(system, NAME, data, group, FAMILIES));
  }

  static ActorSystem<Void> system(NodeAddress node, Path directory) {
    var config =
        ConfigFactory.parseString(
            """
            include "synod-remote"
            pekko.loglevel = ERROR
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = %s }
            synod { data-directory = "%s", meters = off, client.ask-timeout = 50s }
            synod.log { segment-bytes = 2 MiB, entry-bytes-max = 1 MiB }
            synod.crdt {
              anti-entropy-interval = 100ms
              ladder { move-timeout = 2s, after-timeout = 20s, answer-timeout = 120s }
            }
            """
                .formatted(node.address().replaceAll(".*:", ""), directory.resolve(node.name())));
    return ActorSystem.create(
        Behaviors.empty(), NAME, config.withFallback(ConfigFactory.load()).resolve());
  }

  LadderEntity<PnCounter, Long> likes() {
    return ladder.entity(LIKES, "like/7");
  }

  LadderEntity<BoundedCounter, Long> stock() {
    return ladder.entity(STOCK, "stock/screws");
  }

  /**
   * Three nodes on ports that are free, below those that systems give to whoever asks for any: so
   * they are free again when a node has stopped and starts once more.
   */
  static Members three() {
    var ports = new TreeSet<Integer>();
    for (int tries = 0; ports.size() < 3 && tries < PORT_TRIES_MAX; tries++) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX + 1);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    var all = List.copyOf(ports);
    return Members.of(node("n1", all.get(0)), node("n2", all.get(1)), node("n3", all.get(2)));
  }

  private static NodeAddress node(String name, int port) {
    return new NodeAddress(name, "pekko://" + NAME + "@127.0.0.1:" + port);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
