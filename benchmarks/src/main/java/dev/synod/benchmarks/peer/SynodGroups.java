package dev.synod.benchmarks.peer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.Storage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Read;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Groups of Synod: an actor system for each replica, real connections between them, each with a
 * data directory of its own. In one JVM the client calls in process, at the leader's node.
 */
final class SynodGroups implements Peer {

  private static final String SYSTEM = "bench";

  /** Values above this need larger frames than Synod ships with, in bytes. */
  private static final int BYTES_AS_SHIPPED = 64 << 10;

  private final String name;
  private final Protocol protocol;
  private final Map<String, String> changed;
  private final Storage storage;

  /**
   * The peer.
   *
   * @param protocol of its groups
   * @param changed settings that are not as shipped
   * @param storage where replicas keep their logs
   */
  SynodGroups(String name, Protocol protocol, Map<String, String> changed, Storage storage) {
    this.name = name;
    this.protocol = protocol;
    this.changed = changed;
    this.storage = storage;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    return "";
  }

  @Override
  public Replica start(int replica, Setup setup) {
    var system = system(setup.port(replica, 0), setup.folder(replica), setup.bytesMax());
    var groups = new ArrayList<GroupRef<byte[], Long>>();
    for (int i = 0; i < setup.groups(); i++) {
      groups.add(
          Consensus.get(system)
              .start(
                  Group.of(group(i), Registers::new)
                      .using(protocol)
                      .keptIn(storage)
                      .on(members(setup))));
    }
    return new Node(system, groups);
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    if (here.isEmpty()) {
      var system = system(0, setup.folder().resolve("client"), setup.bytesMax());
      var groups = new ArrayList<GroupRef<byte[], Long>>();
      for (int i = 0; i < setup.groups(); i++) {
        groups.add(Consensus.get(system).ref(new GroupId(group(i)), members(setup)));
      }
      for (GroupRef<byte[], Long> group : groups) {
        Waiting.untilDone(() -> Waiting.get(group.ask(new byte[Integer.BYTES])));
      }
      return new Caller(groups, system::terminate);
    }
    var nodes = here.stream().map(Node.class::cast).toList();
    var groups =
        IntStream.range(0, setup.groups())
            .mapToObj(
                i ->
                    Waiting.atLeader(
                        nodes.stream().map(node -> node.groups().get(i)).toList(), members(setup)))
            .toList();
    return new Caller(groups, () -> {});
  }

  private static String group(int number) {
    return "registers-" + number;
  }

  private static Members members(Setup setup) {
    return new Members(
        IntStream.range(0, setup.replicas())
            .mapToObj(
                i ->
                    new NodeAddress(
                        Setup.name(i), "pekko://" + SYSTEM + "@127.0.0.1:" + setup.port(i, 0)))
            .toList());
  }

  private ActorSystem<Void> system(int port, Path directory, int bytesMax) {
    var own = new HashMap<String, Object>(changed);
    own.put("pekko.remote.artery.canonical.port", port);
    own.put("synod.data-directory", directory.toString());
    if (bytesMax > BYTES_AS_SHIPPED) {
      own.put("synod.command-bytes-max", 2 * bytesMax);
      own.put("pekko.remote.artery.advanced.maximum-frame-size", 4 * bytesMax);
    }
    Config config = ConfigFactory.parseMap(own).withFallback(ConfigFactory.load("bench"));
    return ActorSystem.create(Behaviors.empty(), SYSTEM, config);
  }

  private record Node(ActorSystem<Void> system, List<GroupRef<byte[], Long>> groups)
      implements Replica {
    @Override
    public void close() {
      system.terminate();
      Waiting.untilTerminated(system);
    }
  }

  private record Caller(List<GroupRef<byte[], Long>> groups, Runnable end) implements Client {

    @Override
    public CompletionStage<Long> write(byte[] value) {
      return group(value).ask(value);
    }

    @Override
    public CompletionStage<Long> read(byte[] key, Freshness freshness) {
      return group(key)
          .read(key, freshness == Freshness.STALE ? Read.stale() : Read.linearizable());
    }

    private GroupRef<byte[], Long> group(byte[] value) {
      return groups.get(Math.floorMod(ByteBuffer.wrap(value).getInt(), groups.size()));
    }

    @Override
    public OptionalInt leader() {
      var status = Waiting.get(groups.get(0).status());
      return status.leader().filter(status.self().store()::equals).isPresent()
          ? OptionalInt.of(Integer.parseInt(status.self().node().name().substring(1)) - 1)
          : OptionalInt.empty();
    }

    @Override
    public OptionalLong leadership() {
      return OptionalLong.of(
          groups.stream()
              .map(GroupRef::status)
              .map(Waiting::get)
              .mapToLong(ReplicaStatus::term)
              .sum());
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
