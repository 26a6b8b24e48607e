package dev.synod.benchmarks;

import dev.synod.actors.GroupRef;
import dev.synod.core.Read;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Three actor systems in this process, which talk by real remoting; the client calls in process, at
 * the leader's node.
 */
final class OneJvm implements Subject {

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private final GroupRef<byte[], Long> group;

  OneJvm(Path folder) throws IOException {
    var members = Nodes.members(3);
    var groups = new ArrayList<GroupRef<byte[], Long>>();
    for (var node : members.nodes()) {
      var system = Nodes.system(Nodes.port(node), folder.resolve(node.name()));
      systems.add(system);
      groups.add(Nodes.start(system, members));
    }
    this.group = Waiting.atLeader(groups, members);
  }

  @Override
  public String system() {
    return "synod-raft";
  }

  @Override
  public String layout() {
    return "one-jvm";
  }

  @Override
  public CompletionStage<Long> write(byte[] value) {
    return group.ask(value);
  }

  @Override
  public CompletionStage<Long> read(byte[] key) {
    return group.read(key, Read.linearizable());
  }

  @Override
  public long cpuNanos() {
    return Processes.ownCpuNanos();
  }

  @Override
  public void close() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> Waiting.untilTerminated(system));
  }
}
