package dev.synod.log;

import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.log.snapshot.Snapshots;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of one node: one segmented write-ahead log, shared by all its groups, and their
 * snapshots. The directory belongs to this object until it is closed.
 *
 * <p>Its own methods may be called by any thread; each {@link GroupLog} by one at a time.
 */
public final class NodeLog implements LogStore {

  private final StoreId store;
  private final SharedLog shared;
  private final AutoCloseable lock;
  private final Map<GroupId, NodeGroupLog> groups = new TreeMap<>();
  private final Map<GroupId, LogFailure> damaged;
  private final @Nullable LogFailure unknownLoss;
  private final List<String> notes;
  private int lastNumber;
  private boolean closed;

  private NodeLog(StoreId store, SharedLog shared, Recovered recovered, AutoCloseable lock) {
    this.store = store;
    this.shared = shared;
    this.lock = lock;
    this.damaged = new TreeMap<>(recovered.damaged());
    this.unknownLoss = recovered.unknownLoss();
    this.notes = List.copyOf(recovered.notes());
    recovered.states().values().forEach(this::adopt);
  }

  /** As {@link #open(LogSettings, LogPorts)}, without metrics. */
  public static NodeLog open(
      Disk disk, LogSettings settings, Executor writer, Executor reader, RandomGenerator random) {
    return open(settings, LogPorts.of(disk, writer, reader, random));
  }

  /**
   * Locks the directory and recovers what is in it, or founds a new store. Reads and repairs on the
   * calling thread.
   *
   * @throws LogException if the directory is in use, of another format, or its identity is damaged.
   *     A damaged group doesn't stop the others: {@link #group} refuses it
   */
  public static NodeLog open(LogSettings settings, LogPorts ports) {
    Disk disk = ports.disk();
    AutoCloseable lock = lock(disk);
    boolean opened = false;
    try {
      disk.createDirectories(SegmentFiles.FOLDER);
      disk.createDirectories(FileSnapshots.FOLDER);
      disk.syncDirectory("");
      StoreId store = identify(disk, ports.random());
      Recovered recovered = new Recovery(disk, store, settings.segmentBytes(), true).run();
      Segment current = firstSegment(disk, settings, store, recovered);
      var log =
          new NodeLog(
              store, new SharedLog(settings, ports, store, recovered, current), recovered, lock);
      log.start();
      opened = true;
      return log;
    } catch (IOException e) {
      throw new LogException("opening the log in " + disk.describe(), e);
    } finally {
      if (!opened) {
        release(lock, disk);
      }
    }
  }

  /** The identity of this directory, written once. */
  @Override
  public StoreId storeId() {
    return store;
  }

  @Override
  public boolean forgets() {
    return false;
  }

  /** The groups that can be served. */
  public synchronized Collection<GroupId> groups() {
    Collection<GroupId> served = new TreeSet<>(groups.keySet());
    served.removeAll(damaged.keySet());
    return served;
  }

  /** The groups that can't be served, and why. */
  public synchronized Map<GroupId, LogFailure> damagedGroups() {
    return new TreeMap<>(damaged);
  }

  /** Damage that recovery found and that harms no group, for a person. */
  public List<String> notes() {
    return notes;
  }

  /**
   * The group's log: as recovered, or new. The same object each time.
   *
   * @throws LogException if the group is damaged, or if a new one can't be founded since it may be
   *     one of those that damage has hidden
   */
  @Override
  public GroupLog group(GroupId id) {
    NodeGroupLog group;
    synchronized (this) {
      refuseDamaged(id);
      NodeGroupLog known = groups.get(id);
      if (known != null) {
        return known;
      }
      snapshots(id).deleteAll();
      group = found(id);
    }
    group.open();
    return group;
  }

  /**
   * Forgets the group, its log and its snapshots; one of that name may be founded anew. Also the
   * way to give up a damaged group, once its replica has been replaced.
   */
  public void remove(GroupId id) {
    NodeGroupLog group;
    synchronized (this) {
      group = groups.remove(id);
      boolean wasDamaged = damaged.remove(id) != null;
      if (group == null) {
        return;
      }
      shared.groups().remove(group);
      synchronized (shared.tail()) {
        shared.states().remove(group.state().number());
        if (wasDamaged && damaged.isEmpty() && unknownLoss == null) {
          shared.reclaimer().resume();
        }
      }
    }
    group.remove();
    shared.whenDurable(() -> deleteSnapshots(id));
  }

  private synchronized void deleteSnapshots(GroupId id) {
    if (!groups.containsKey(id)) {
      snapshots(id).deleteAll();
    }
  }

  @Override
  public Snapshots snapshots(GroupId id) {
    return new FileSnapshots(shared.ports().disk(), id, shared.settings().snapshotsKept());
  }

  /** See {@link GroupLog#isBusy}. */
  public boolean isBusy() {
    return shared.isBusy();
  }

  /** Bytes written by groups and not yet durable. */
  public long queuedBytes() {
    return shared.tail().queuedBytes();
  }

  /** Memory that the groups' indexes take, in bytes. */
  public long indexBytes() {
    synchronized (shared.tail()) {
      return shared.states().values().stream().mapToLong(state -> state.index().bytes()).sum();
    }
  }

  /** Why the log accepts nothing any more, if so. */
  public Optional<LogFailure> failure() {
    return Optional.ofNullable(shared.tail().failure());
  }

  /**
   * Writes what is queued, marks the end, and gives the directory back. Blocks while the writer is
   * busy. Nothing may be written afterwards.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    shared.writer().finish();
    try {
      shared.closeFiles();
    } catch (IOException e) {
      throw new LogException("closing the log in " + shared.ports().disk().describe(), e);
    } finally {
      release(lock, shared.ports().disk());
    }
  }

  private synchronized void start() {
    synchronized (shared.tail()) {
      if (!damaged.isEmpty() || unknownLoss != null) {
        shared.reclaimer().stop();
      }
      shared.reclaimer().consider();
    }
    shared.kick();
  }

  private void adopt(GroupState state) {
    lastNumber = Math.max(lastNumber, state.number());
    GroupId id = state.id();
    if (id != null) {
      register(new NodeGroupLog(id, state, shared));
    }
  }

  private NodeGroupLog found(GroupId id) {
    var state = new GroupState(++lastNumber);
    state.id(id);
    synchronized (shared.tail()) {
      shared.states().put(state.number(), state);
    }
    var group = new NodeGroupLog(id, state, shared);
    register(group);
    return group;
  }

  private void register(NodeGroupLog group) {
    groups.put(group.group(), group);
    shared.groups().add(group);
  }

  private void refuseDamaged(GroupId id) {
    LogFailure failure = damaged.get(id);
    if (failure == null && !groups.containsKey(id)) {
      failure = unknownLoss;
    }
    if (failure != null) {
      throw new LogException(failure);
    }
  }

  private static StoreId identify(Disk disk, RandomGenerator random) throws IOException {
    var identity = new Identity(disk);
    if (identity.exists()) {
      return identity.read();
    }
    if (!disk.list(SegmentFiles.FOLDER).isEmpty()) {
      throw new LogException(
          LogFailure.Kind.CORRUPT,
          disk.describe()
              + " has segments, but no "
              + Identity.FILE
              + ": restore it from a copy, or replace this node");
    }
    return identity.create(random);
  }

  private static Segment firstSegment(
      Disk disk, LogSettings settings, StoreId store, Recovered recovered) throws IOException {
    var current = new Segment(store, recovered.nextSegment());
    DiskFile file = new SegmentFiles(disk).create(store, current.number(), settings.segmentBytes());
    current.ready(file);
    return current;
  }

  private static AutoCloseable lock(Disk disk) {
    try {
      return disk.lock();
    } catch (IOException e) {
      throw new LogException(
          LogFailure.Kind.LOCKED, disk.describe() + " can't be locked: " + e.getMessage());
    }
  }

  private static void release(AutoCloseable lock, Disk disk) {
    try {
      lock.close();
    } catch (Exception e) {
      throw new IllegalStateException("unlocking " + disk.describe(), e);
    }
  }
}
