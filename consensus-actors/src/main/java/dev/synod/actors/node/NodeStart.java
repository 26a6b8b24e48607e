package dev.synod.actors.node;

import dev.synod.actors.Peers;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.LogMeters;
import dev.synod.actors.meters.Meters;
import dev.synod.log.LogException;
import dev.synod.log.LogObserver;
import dev.synod.log.LogPorts;
import dev.synod.log.NodeLog;
import dev.synod.log.WriterThread;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;

/**
 * Starts the one node of an actor system in production: real disk, real time, Pekko's remoting; and
 * stops it in order.
 */
public final class NodeStart implements NodePorts.Spawner {

  private static final String BLOCKING = "synod.blocking-dispatcher";

  private final ActorSystem<?> system;
  private final ConsensusSettings settings;
  private final Peers peers;
  private final Meters meters;
  private final AtomicLong clients = new AtomicLong();

  public NodeStart(ActorSystem<?> system, ConsensusSettings settings, Peers peers) {
    this.system = system;
    this.settings = settings;
    this.peers = peers;
    this.meters = settings.meters().meters();
  }

  public Meters meters() {
    return meters;
  }

  /**
   * Opens the data directory, and starts the node and its actor.
   *
   * @throws IllegalStateException if the data directory can't be used; the text says what to do
   */
  public ConsensusNode open(SplittableRandom random) {
    var disk = disk();
    var writer = new WriterThread("synod-log", 0);
    var blocking = blocking();
    var log = log(disk, writer, blocking);
    var ports =
        new NodePorts(
            address(),
            log,
            disk.describe(),
            peers,
            SerializationExtension.get(system),
            random,
            System::nanoTime,
            blocking,
            meters,
            this);
    var node = ConsensusNode.start(ports, settings);
    stopInOrder(node, writer);
    return node;
  }

  @Override
  public ActorRef<NodeMessage> node(Behavior<NodeMessage> behavior) {
    return system.systemActorOf(behavior, ConsensusNode.ACTOR_NAME, Props.empty());
  }

  @Override
  public ActorRef<GroupClientMessage> client(Behavior<GroupClientMessage> behavior, String name) {
    return system.systemActorOf(
        behavior, "synod-client-" + clients.incrementAndGet() + "-" + name, Props.empty());
  }

  private Executor blocking() {
    return system.dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
  }

  private String address() {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return classic.provider().getDefaultAddress().toString();
  }

  private Disk disk() {
    if (settings.dataDirectory().isBlank()) {
      throw new IllegalStateException(
          "synod.data-directory is not set: name a directory of this node's own, on a disk that"
              + " survives a restart");
    }
    try {
      return RealDisk.at(Path.of(settings.dataDirectory()));
    } catch (IOException e) {
      throw new IllegalStateException(
          "the data directory %s (synod.data-directory) can't be used: %s"
              .formatted(settings.dataDirectory(), e),
          e);
    }
  }

  private NodeLog log(Disk disk, WriterThread writer, Executor blocking) {
    boolean opened = false;
    try {
      var ports =
          new LogPorts(
              disk, writer, blocking, new SecureRandom(), observer(meters.log()), System::nanoTime);
      var log = NodeLog.open(settings.log(), ports);
      opened = true;
      log.notes()
          .forEach(note -> system.log().warn("data directory {}: {}", disk.describe(), note));
      return log;
    } catch (LogException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      if (!opened) {
        writer.close();
      }
    }
  }

  private static LogObserver observer(LogMeters meters) {
    return new LogObserver() {
      @Override
      public void batchDurable(int records, int bytes, long forceNanos) {
        meters.synced(records, bytes, forceNanos);
      }
    };
  }

  /** Before the cluster and the remoting go: the others must hear who leads now. */
  private void stopInOrder(ConsensusNode node, WriterThread writer) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown(),
            "synod-hand-over",
            () -> stop(node, writer));
  }

  private CompletionStage<Done> stop(ConsensusNode node, WriterThread writer) {
    return node.stop()
        .thenApply(
            stopped -> {
              writer.close();
              return Done.getInstance();
            });
  }
}
