package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Client;
import dev.synod.benchmarks.peer.Freshness;
import dev.synod.benchmarks.peer.Layout;
import dev.synod.benchmarks.peer.Peer;
import dev.synod.benchmarks.peer.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The replicas of a system, here or in processes of their own, and a client in this process. */
final class Cluster implements Subject {

  private final Peer peer;
  private final Layout layout;
  private final Setup setup;
  private final List<Peer.Replica> here = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final Thread end = new Thread(() -> processes.forEach(Process::destroyForcibly));
  private final Client client;

  /** Starts the system and waits until it has answered a write. */
  Cluster(Peer peer, Layout layout, Setup setup) throws Exception {
    this.peer = peer;
    this.layout = layout;
    this.setup = setup;
    Runtime.getRuntime().addShutdownHook(end);
    try {
      for (int replica = 0; replica < setup.replicas(); replica++) {
        if (layout == Layout.ONE_JVM) {
          here.add(peer.start(replica, setup));
        } else {
          processes.add(peer.launch(replica, setup));
        }
      }
      this.client = peer.connect(setup, here);
    } catch (Exception e) {
      endReplicas();
      throw e;
    }
  }

  @Override
  public String system() {
    return peer.name();
  }

  @Override
  public String layout() {
    return layout.toString();
  }

  @Override
  public int replicas() {
    return setup.replicas();
  }

  @Override
  public int groups() {
    return setup.groups();
  }

  @Override
  public CompletionStage<?> write(byte[] value) {
    return client.write(value);
  }

  @Override
  public CompletionStage<?> read(byte[] key, Freshness freshness) {
    return client.read(key, freshness);
  }

  @Override
  public Usage usage() {
    return Processes.usage(processes.stream().map(Process::toHandle).toList(), setup.folder());
  }

  /** All processes that take part. */
  List<Long> pids() {
    var pids = new ArrayList<Long>();
    pids.add(ProcessHandle.current().pid());
    processes.forEach(process -> pids.add(process.pid()));
    return pids;
  }

  OptionalInt leader() throws Exception {
    return client.leader();
  }

  OptionalLong leadership() throws Exception {
    return client.leadership();
  }

  /** Ends a replica's process as {@code kill -9} does. */
  void kill(int replica) throws InterruptedException {
    processes.get(replica).destroyForcibly().waitFor();
  }

  /** Starts that replica again, with what it has on disk. */
  void restart(int replica) throws IOException {
    processes.set(replica, peer.launch(replica, setup));
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } finally {
      endReplicas();
    }
  }

  private void endReplicas() throws IOException {
    for (Peer.Replica replica : here) {
      replica.close();
    }
    processes.forEach(Process::destroy);
    processes.forEach(Processes::untilEnded);
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
