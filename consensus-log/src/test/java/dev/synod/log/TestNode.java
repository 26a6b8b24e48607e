package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A node's log on a disk in memory, its threads replaced by a list of tasks. */
final class TestNode {

  static final GroupId G1 = new GroupId("g1");
  static final GroupId G2 = new GroupId("g2");

  /** Small enough that a few dozen entries fill several segments. */
  static final LogSettings SMALL =
      new LogSettings(4096, 2048, 1024, 16, 0, 256, 8192, 4096, 1024, 50, 1, 1024, 2);

  final Random random;
  final MemoryDisk disk;
  final Tasks tasks;
  final LogSettings settings;
  final List<LogFailure> reclaimFailures = new ArrayList<>();
  final LogObserver observer =
      new LogObserver() {
        @Override
        public void reclaimFailed(LogFailure failure) {
          reclaimFailures.add(failure);
        }
      };
  @Nullable NodeLog opened;

  private TestNode(Random random, MemoryDisk disk, LogSettings settings) {
    this.random = random;
    this.settings = settings;
    this.disk = disk;
    this.tasks = new Tasks(random);
  }

  static TestNode open(long seed) {
    return open(seed, SMALL);
  }

  static TestNode open(long seed, LogSettings settings) {
    var node = closed(seed, settings);
    node.reopen();
    return node;
  }

  /** A node whose log isn't open yet. */
  static TestNode closed(long seed, LogSettings settings) {
    var random = new Random(seed);
    return new TestNode(random, new MemoryDisk(random), settings);
  }

  /** A node whose log isn't open yet, on a copy of that disk. */
  static TestNode on(MemoryDisk disk, LogSettings settings) {
    var random = new Random(1);
    return new TestNode(random, disk.copy(random), settings);
  }

  /** Opens the log anew on the same disk. */
  NodeLog reopen() {
    opened = NodeLog.open(settings, new LogPorts(disk, tasks, tasks, random, observer, () -> 0));
    return opened;
  }

  NodeLog log() {
    return Objects.requireNonNull(opened);
  }

  /** The power goes, and comes back. */
  NodeLog crash(MemoryDisk.Tear tear) {
    disk.crash(tear);
    tasks.dropAll();
    return reopen();
  }

  /** The process dies, and is started again. */
  NodeLog kill() {
    disk.kill();
    tasks.dropAll();
    return reopen();
  }

  /** Closed in order, and opened again. */
  NodeLog restart() {
    log().close();
    tasks.dropAll();
    return reopen();
  }

  GroupLog group(GroupId id) {
    return log().group(id);
  }

  /** What is on disk at those indexes, or what the read says instead. */
  GroupLog.ReadResult read(GroupLog group, long from, long to) {
    List<GroupLog.ReadResult> results = new ArrayList<>();
    group.read(from, to, results::add);
    tasks.runAll();
    return results.get(0);
  }

  /** All entries that the group holds, from disk. */
  List<Entry> entries(GroupLog group) {
    GroupLog.ReadResult result = read(group, group.base().index() + 1, group.last().index());
    if (result instanceof GroupLog.ReadResult.Entries found) {
      return found.entries();
    }
    throw new AssertionError("can't read " + group.group() + ": " + result);
  }

  /** Entries of that term with a payload that names them. */
  static List<Entry> entries(long from, long to, long term) {
    List<Entry> entries = new ArrayList<>();
    for (long index = from; index <= to; index++) {
      Bytes payload = Bytes.utf8("entry " + index + " of term " + term);
      entries.add(new Entry(index, new Term(term), EntryKind.COMMAND, payload));
    }
    return entries;
  }

  /** An entry whose payload has that many bytes, none of them zero. */
  static Entry entry(long index, long term, int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (1 + (index * 31 + term * 7 + i) % 250);
    }
    return new Entry(index, new Term(term), EntryKind.COMMAND, Bytes.wrap(payload));
  }
}
