package dev.synod.benchmarks;

import dev.synod.actors.Consensus;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Read;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;

/** Three processes on this machine, and a client in a fourth: this one. */
final class ThreeJvms implements Subject {

  private final List<Process> nodes = new ArrayList<>();
  private final ActorSystem<Void> client;
  private final GroupRef<byte[], Long> group;

  ThreeJvms(Path folder) throws IOException {
    var members = Nodes.members(3);
    for (NodeAddress node : members.nodes()) {
      nodes.add(start(node, members, folder.resolve(node.name())));
    }
    this.client = Nodes.system(0, folder.resolve("client"));
    this.group = Consensus.get(client).ref(new GroupId(Nodes.GROUP), members);
    Waiting.get(group.ask(new byte[Integer.BYTES]));
  }

  private static Process start(NodeAddress node, Members members, Path folder) throws IOException {
    var list =
        members.nodes().stream()
            .map(member -> member.name() + "=" + member.address())
            .collect(Collectors.joining(","));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
            "-cp",
            System.getProperty("java.class.path"),
            NodeProcess.class.getName(),
            String.valueOf(Nodes.port(node)),
            folder.toString(),
            list)
        .inheritIO()
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .start();
  }

  @Override
  public String system() {
    return "synod-raft";
  }

  @Override
  public String layout() {
    return "three-jvms";
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
    return Processes.ownCpuNanos() + nodes.stream().mapToLong(Processes::cpuNanos).sum();
  }

  @Override
  public void close() {
    client.terminate();
    Waiting.untilTerminated(client);
    nodes.forEach(Process::destroy);
    for (Process node : nodes) {
      try {
        if (!node.waitFor(10, TimeUnit.SECONDS)) {
          node.destroyForcibly();
        }
      } catch (InterruptedException e) {
        node.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
