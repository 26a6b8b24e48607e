package dev.synod.actors.node;

import dev.synod.actors.Peers;
import dev.synod.actors.Storage;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.LogMeters;
import dev.synod.actors.meters.Meters;
import dev.synod.core.StoreId;
import dev.synod.log.LogException;
import dev.synod.log.LogObserver;
import dev.synod.log.LogPorts;
import dev.synod.log.LogStore;
import dev.synod.log.MemoryStore;
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
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Starts the one node of an actor system in production: real disk, real time, Pekko's remoting; and
 * stops it in order. Its site is used by one thread at a time.
 */
public final class NodeStart implements NodePorts.Spawner, Storage.Site {

  private static final DispatcherSelector DISPATCHER =
      DispatcherSelector.fromConfig("synod.dispatcher");

  private static final String BLOCKING = "synod.blocking-dispatcher";

  private final ActorSystem<?> system;
  private final ConsensusSettings settings;
  private final Peers peers;
  private final Meters meters;
  private final AtomicLong clients = new AtomicLong();
  private volatile @Nullable WriterThread writer;

  public NodeStart(ActorSystem<?> system, ConsensusSettings settings, Peers peers) {
    this.system = system;
    this.settings = settings;
    this.peers = peers;
    this.meters = settings.meters().meters();
  }

  public Meters meters() {
    return meters;
  }

  /** Monotonic, in nanoseconds. */
  public LongSupplier nanoTime() {
    return System::nanoTime;
  }

  /** Starts the node and its actor. */
  public ConsensusNode start(SplittableRandom random) {
    var ports =
        new NodePorts(
            address(),
            this,
            settings.dataDirectory(),
            peers,
            SerializationExtension.get(system),
            random,
            nanoTime(),
            blocking(),
            meters,
            this);
    var node = ConsensusNode.start(ports, settings);
    stopInOrder(node);
    return node;
  }

  @Override
  public LogStore disk() {
    var disk = dataDirectory();
    var thread = new WriterThread("synod-log", 0);
    var log = log(disk, thread);
    writer = thread;
    return log;
  }

  @Override
  public LogStore memory() {
    return new MemoryStore(StoreId.random(new SecureRandom()), settings.memory());
  }

  @Override
  public ActorSystem<?> system() {
    return system;
  }

  @Override
  public ActorRef<NodeMessage> node(Behavior<NodeMessage> behavior) {
    return system.systemActorOf(behavior, ConsensusNode.ACTOR_NAME, DISPATCHER);
  }

  @Override
  public ActorRef<GroupClientMessage> client(Behavior<GroupClientMessage> behavior, String name) {
    return system.systemActorOf(
        behavior, "synod-client-" + clients.incrementAndGet() + "-" + name, DISPATCHER);
  }

  private Executor blocking() {
    return system.dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
  }

  private String address() {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return classic.provider().getDefaultAddress().toString();
  }

  private Disk dataDirectory() {
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

  private NodeLog log(Disk disk, WriterThread thread) {
    boolean opened = false;
    try {
      var ports =
          new LogPorts(
              disk, thread, blocking(), new SecureRandom(), observer(meters.log()), nanoTime());
      var log = NodeLog.open(settings.log(), ports);
      opened = true;
      log.notes()
          .forEach(note -> system.log().warn("data directory {}: {}", disk.describe(), note));
      return log;
    } catch (LogException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      if (!opened) {
        thread.close();
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
  private void stopInOrder(ConsensusNode node) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown(), "synod-hand-over", () -> stop(node));
  }

  private CompletionStage<Done> stop(ConsensusNode node) {
    return node.stop()
        .thenApply(
            stopped -> {
              var thread = writer;
              if (thread != null) {
                thread.close();
              }
              return Done.getInstance();
            });
  }
}
