package dev.synod.crdt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.log.LogException;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A replica's store in a log")
class LogReplicaStoreTest {

  private static final GroupId GROUP = new GroupId("crdt-shop");
  private static final ReplicaId SELF = new ReplicaId(7);
  private static final long SECTOR_BYTES = 512;

  /** Segments of 4 KiB, entries of at most 200 bytes. */
  private static final LogSettings SMALL =
      new LogSettings(4096, 200, 1024, 16, 0, 256, 8192, 4096, 1024, 50, 1, 1024, 2);

  @TempDir Path directory;

  /** A store that is open, with the tasks of its log. */
  private static final class Open implements ReplicaStore.Listener, ReplicaStore.Reader {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Bytes> records = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final NodeLog log;
    private final LogReplicaStore store;
    private final ReplicaStore.Start start;
    private boolean hasEnded;
    private int snapshots;

    Open(Path directory) throws IOException {
      log = NodeLog.open(RealDisk.at(directory), SMALL, tasks::add, Runnable::run, new Random(1));
      try {
        store =
            new LogReplicaStore(
                log.group(GROUP), log.snapshots(GROUP), tasks::add, 300, log::close);
        store.listener(this);
        start = store.start(() -> Optional.of(SELF));
      } catch (LogException e) {
        log.close();
        throw e;
      }
      store.recover(this);
      settle();
    }

    /** Does all that the log and the store have to do. */
    void settle() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    void append(int from, int to, int length) {
      for (int i = from; i <= to; i++) {
        store.append(bytes(i, length));
      }
    }

    @Override
    public void record(Bytes kept) {
      records.add(kept);
    }

    @Override
    public void damaged(String what) {
      troubles.add(what);
    }

    @Override
    public void end(long snapshotBytes, long bytesBehind) {
      hasEnded = true;
    }

    @Override
    public void durable(long ticket) {}

    @Override
    public void snapshotWritten(long bytes) {
      snapshots++;
    }

    @Override
    public void failed(String why) {
      troubles.add(why);
    }
  }

  /** Record i, of that length. */
  private static Bytes bytes(int i, int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at++) {
      bytes[at] = (byte) (1 + (i * 31 + at) % 250);
    }
    return Bytes.wrap(bytes);
  }

  private static List<Bytes> records(int from, int to, int length) {
    var records = new ArrayList<Bytes>();
    for (int i = from; i <= to; i++) {
      records.add(bytes(i, length));
    }
    return records;
  }

  /** What the directory would be if the process died now. */
  private Path killed(String name) throws IOException {
    var copy = directory.resolveSibling(directory.getFileName() + "-" + name);
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(directory.relativize(file)));
      }
    }
    return copy;
  }

  private static Path lastSegment(Path directory) throws IOException {
    try (var files = Files.list(directory.resolve("wal"))) {
      return files
          .filter(it -> it.toString().endsWith(".log") && writtenBytes(it) > 64)
          .sorted()
          .reduce((one, next) -> next)
          .orElseThrow();
    }
  }

  /** Up to its last byte that is not zero. */
  private static int writtenBytes(Path segment) {
    try {
      byte[] bytes = Files.readAllBytes(segment);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] == 0) {
        end--;
      }
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("is the same replica's at each start, and gives back its records in their order")
  void comesBack() throws IOException {
    var first = new Open(directory);
    assertThat(first.start).isEqualTo(new ReplicaStore.Start(Optional.of(SELF), 1));
    assertThat(first.hasEnded).isTrue();
    first.append(1, 20, 50);
    first.append(21, 22, 1000); // more than one entry takes
    first.store.append(Bytes.EMPTY);
    first.settle();
    assertThat(first.store.durableTicket()).isEqualTo(first.store.lastTicket());

    var again = new Open(killed("again"));

    assertThat(again.start).isEqualTo(new ReplicaStore.Start(Optional.of(SELF), 2));
    var expected = records(1, 20, 50);
    expected.addAll(records(21, 22, 1000));
    expected.add(Bytes.EMPTY);
    assertThat(again.records).isEqualTo(expected);
    assertThat(again.troubles).isEmpty();
    first.store.close();
    again.store.close();
  }

  @Test
  @DisplayName("has the snapshot in place of what it stands for, wherever the process dies")
  void snapshots() throws IOException {
    var store = new Open(directory);
    store.append(1, 60, 100);
    store.settle();
    store.store.snapshot(each -> records(900, 910, 150).forEach(each));
    store.append(61, 63, 100);
    store.settle();
    assertThat(store.snapshots).isEqualTo(1);

    var unforgotten = new Open(killed("unforgotten"));
    store.store.forget();
    store.append(64, 64, 100);
    store.settle();
    var forgotten = new Open(killed("forgotten"));

    var expected = records(900, 910, 150);
    expected.addAll(records(61, 63, 100));
    assertThat(unforgotten.records).isEqualTo(expected);
    expected.addAll(records(64, 64, 100));
    assertThat(forgotten.records).isEqualTo(expected);
    try (var segments = Files.list(directory.resolve("wal"))) {
      assertThat(segments.count()).isLessThanOrEqualTo(4);
    }
    store.store.close();
    unforgotten.store.close();
    forgotten.store.close();
  }

  @Test
  @DisplayName("goes on behind a snapshot whose last records were lost with the process")
  void snapshotAhead() throws IOException {
    var store = new Open(directory);
    store.append(1, 3, 100);
    store.settle();
    store.append(4, 6, 100); // not forced
    var writing = new ArrayDeque<>(store.tasks);
    store.tasks.clear();
    store.store.snapshot(each -> records(900, 901, 100).forEach(each));
    store.settle(); // the snapshot alone

    var again = new Open(killed("ahead"));
    assertThat(again.records).isEqualTo(records(900, 901, 100));
    again.append(7, 8, 100);
    again.settle();
    again.store.close();
    var later = new Open(directory.resolveSibling(directory.getFileName() + "-ahead"));

    var expected = records(900, 901, 100);
    expected.addAll(records(7, 8, 100));
    assertThat(later.records).isEqualTo(expected);
    later.store.close();
    store.tasks.addAll(writing);
    store.settle();
    store.store.close();
  }

  @Test
  @DisplayName("gives back what it is in once, however often it is closed")
  void closedOnce() throws IOException {
    var open = new Open(directory);
    var closed = new AtomicInteger();
    var store =
        new LogReplicaStore(
            open.log.group(GROUP),
            open.log.snapshots(GROUP),
            Runnable::run,
            300,
            closed::incrementAndGet);
    store.close();
    store.close();
    assertThat(closed).hasValue(1);
    open.store.close();
  }

  @Test
  @DisplayName("drops a record whose end was not written, and goes on")
  void cutTail() throws IOException {
    var store = new Open(directory);
    store.append(1, 3, 100);
    store.settle();
    store.append(4, 4, 700); // in four entries
    store.settle();
    var copy = killed("cut");
    store.store.close();
    var segment = lastSegment(copy);
    try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate((writtenBytes(segment) - 300) / SECTOR_BYTES * SECTOR_BYTES);
    }

    var again = new Open(copy);
    assertThat(again.records).isEqualTo(records(1, 3, 100));
    again.append(5, 5, 500);
    again.settle();
    again.store.close();
    var later = new Open(copy);

    var expected = records(1, 3, 100);
    expected.addAll(records(5, 5, 500));
    assertThat(later.records).isEqualTo(expected);
    assertThat(later.troubles).isEmpty();
    later.store.close();
  }

  @Test
  @DisplayName("that is damaged is refused, with the file, the place and what to do")
  void damagedRecord() throws IOException {
    var store = new Open(directory);
    store.append(1, 3, 100);
    store.settle();
    store.append(4, 5, 100);
    store.settle();
    store.store.close();
    var segment = lastSegment(directory);
    byte[] bytes = Files.readAllBytes(segment);
    int at = indexOf(bytes, bytes(2, 100).toArray());
    bytes[at + 50] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> new Open(directory))
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll("wal/", "offset", "replace this");
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at <= all.length - part.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("it is not there");
  }

  @Test
  @DisplayName("that does not say in a way it knows whose it is is refused")
  void unknownOwner() throws IOException {
    var first = new Open(directory);
    first.log.group(GROUP).describe(Bytes.utf8("?"));
    first.settle();
    first.store.close();

    assertThatThrownBy(() -> new Open(directory))
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll(GROUP.name(), "the replica's id can't be read", "of version 63");
  }

  @Test
  @DisplayName("whose snapshot is damaged is refused if nothing else has what is gone")
  void damagedSnapshot() throws IOException {
    var store = new Open(directory);
    store.append(1, 10, 100);
    store.store.snapshot(each -> records(900, 901, 100).forEach(each));
    store.settle();
    store.store.forget();
    store.settle();
    store.store.close();
    Path snapshot;
    try (var files = Files.list(directory.resolve("snapshots").resolve(GROUP.name()))) {
      snapshot = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);

    var again = new Open(directory);

    assertThat(again.hasEnded).isFalse();
    assertThat(again.troubles.get(again.troubles.size() - 1))
        .contains("no intact snapshot", "snapshots/", "replace this replica");
    again.store.close();
  }
}
