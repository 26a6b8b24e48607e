package dev.synod.crdt.actor;

import dev.synod.actors.node.ConsensusSettings;
import dev.synod.core.GroupId;
import dev.synod.crdt.store.LogReplicaStore;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogPorts;
import dev.synod.log.NodeLog;
import dev.synod.log.WriterThread;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** A replica's store in a directory: a log with one group, and a thread that writes it. */
final class StoreDirectory {

  private static final String BLOCKING = "synod.blocking-dispatcher";

  private static final String ADVICE =
      "%s; if it can't be mended, remove %s: the node then begins as a new replica, with what the"
          + " others have, and what only it had is lost";

  private StoreDirectory() {}

  /**
   * Opens it, or makes it.
   *
   * @param name of the values
   * @param shards how many shards the keys are divided into
   * @return the store of each shard, by their numbers. They are in one log, so that one force
   *     serves all; it is closed with the last of them
   * @throws IllegalStateException if it can't be used; the text says what to do
   */
  static List<LogReplicaStore> open(
      ActorSystem<?> system, String name, int shards, Path directory, StoreSettings settings) {
    var disk = disk(directory);
    var blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
    var writer = new WriterThread("synod-crdt-" + name, 0);
    boolean isOpen = false;
    try {
      var log = NodeLog.open(ConsensusSettings.of(system).log(), ports(disk, writer, blocking));
      try {
        var groups = StoreGroups.of(name, shards, held(log), directory);
        var stores = of(log, groups, blocking, writer, settings);
        isOpen = true;
        log.notes().forEach(note -> system.log().warn("{}: {}", disk.describe(), note));
        return stores;
      } finally {
        if (!isOpen) {
          log.close();
        }
      }
    } catch (LogException e) {
      boolean isDamaged = e.failure().kind() == LogFailure.Kind.CORRUPT;
      throw new IllegalStateException(
          isDamaged ? ADVICE.formatted(e.getMessage(), directory) : e.getMessage(), e);
    } finally {
      if (!isOpen) {
        writer.close();
      }
    }
  }

  /** Those that can't be served, too: {@link NodeLog#group} says why. */
  private static Collection<GroupId> held(NodeLog log) {
    var held = new TreeSet<>(log.groups());
    held.addAll(log.damagedGroups().keySet());
    return held;
  }

  private static List<LogReplicaStore> of(
      NodeLog log,
      List<GroupId> groups,
      Executor blocking,
      WriterThread writer,
      StoreSettings settings) {
    var open = new AtomicInteger(groups.size());
    return groups.stream()
        .map(
            id ->
                new LogReplicaStore(
                    log.group(id),
                    log.snapshots(id),
                    blocking,
                    settings.readBytes(),
                    () -> {
                      if (open.decrementAndGet() == 0) {
                        close(log, writer);
                      }
                    }))
        .toList();
  }

  private static void close(NodeLog log, WriterThread writer) {
    try {
      log.close();
    } finally {
      writer.close();
    }
  }

  private static LogPorts ports(Disk disk, WriterThread writer, Executor blocking) {
    return LogPorts.of(disk, writer, blocking, new SecureRandom());
  }

  private static Disk disk(Path directory) {
    try {
      return RealDisk.at(directory);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the directory %s can't be used: %s".formatted(directory, e), e);
    }
  }
}
