package dev.synod.log.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.disk.MemoryDisk.Operation;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A group's snapshots")
class SnapshotsTest {

  private static final GroupId GROUP = new GroupId("g");
  private static final Bytes METADATA = Bytes.utf8("voters s1, s2, s3");

  private final MemoryDisk disk = new MemoryDisk(new Random(5));
  private final FileSnapshots snapshots = new FileSnapshots(disk, GROUP, 2);
  private final List<LogFailure> damage = new ArrayList<>();

  @BeforeEach
  void folder() throws IOException {
    disk.createDirectories(FileSnapshots.FOLDER);
    disk.syncDirectory("");
  }

  @Test
  @DisplayName("are read back in chunks, with their position and metadata")
  void areReadBack() {
    take(7, "the state after seven entries");

    Snapshot newest = newest(0);

    assertThat(newest.position()).isEqualTo(at(7));
    assertThat(newest.metadata()).isEqualTo(METADATA);
    try (SnapshotReader reader = snapshots.open(newest)) {
      assertThat(reader.read(0, 9)).isEqualTo(Bytes.utf8("the state"));
      assertThat(reader.read(10, 1000)).isEqualTo(Bytes.utf8("after seven entries"));
      assertThat(reader.read(1000, 10)).isEqualTo(Bytes.EMPTY);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Tear.class)
  @DisplayName("survive a crash once committed")
  void surviveACrash(Tear tear) {
    take(7, "seven");

    disk.crash(tear);

    assertThat(newest(0).position()).isEqualTo(at(7));
    assertThat(damage).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Tear.class)
  @DisplayName("keep the one before until the new one is durable, wherever the power goes")
  void keepTheOneBefore(Tear tear) {
    for (int last = 0; last < 20; last++) {
      snapshots.deleteAll();
      disk.hook((operation, file) -> {});
      take(3, "three");
      take(5, "five");
      failAfter(last);
      boolean committed = tryToTake(9);
      disk.hook((operation, file) -> {});
      disk.crash(tear);

      long index = newest(5).position().index();
      assertThat(index).isIn(5L, 9L);
      assertThat(index).isGreaterThanOrEqualTo(committed ? 9 : 5);
      assertThat(damage).isEmpty();
    }
  }

  @Test
  @DisplayName("keep only the newest few")
  void keepTheNewestFew() {
    for (int i = 1; i <= 5; i++) {
      take(i, "state " + i);
    }

    assertThat(snapshots.list()).extracting(Snapshot::position).containsExactly(at(5), at(4));
  }

  @Test
  @DisplayName("do not count until committed, and leave nothing when aborted")
  void doNotCountUntilCommitted() throws IOException {
    try (SnapshotWriter writer = snapshots.begin(at(7), METADATA)) {
      writer.append(Bytes.utf8("half"));
      assertThat(writer.size()).isEqualTo(4);
      assertThat(snapshots.list()).isEmpty();
    }

    assertThat(disk.list("snapshots/g")).isEmpty();
  }

  @Test
  @DisplayName(
      "damaged ones are named with file and offset, and an older one serves if the log covers the"
          + " gap")
  void anOlderOneServesIfTheLogCoversTheGap() throws IOException {
    take(3, "three");
    Snapshot damaged = take(7, "seven");
    disk.flip(damaged.file(), 8 * (sizeOf(damaged) - 18));

    assertThat(newest(3).position()).isEqualTo(at(3));
    assertThat(damage).hasSize(1);
    assertThat(damage.get(0).message()).contains(damaged.file(), "offset");
    assertThatThrownBy(() -> newest(4))
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll(damaged.file(), "replace this replica");
  }

  @Test
  @DisplayName("one flipped bit anywhere is found")
  void everyFlipIsFound() throws IOException {
    Snapshot snapshot = take(7, "the state after seven entries");
    long size = sizeOf(snapshot);
    for (long bit = 0; bit < size * 8; bit++) {
      disk.flip(snapshot.file(), bit);
      assertThatThrownBy(() -> newest(7)).as("bit %d", bit).isInstanceOf(LogException.class);
      disk.flip(snapshot.file(), bit);
    }

    assertThat(newest(7)).isEqualTo(snapshot);
  }

  @Test
  @DisplayName("none is needed while the log is whole")
  void noneIsNeededWhileTheLogIsWhole() {
    assertThat(snapshots.newest(LogPosition.ZERO, damage::add)).isEmpty();
    assertThatThrownBy(() -> newest(1))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("there is none");
  }

  private Snapshot take(long index, String state) {
    try (SnapshotWriter writer = snapshots.begin(at(index), METADATA)) {
      int half = state.length() / 2;
      writer.append(Bytes.utf8(state.substring(0, half)));
      writer.append(Bytes.utf8(state.substring(half)));
      return writer.commit();
    }
  }

  private boolean tryToTake(long index) {
    try {
      take(index, "a new state");
      return true;
    } catch (LogException e) {
      assertThat(e).hasMessageContaining("the power is gone");
      return false;
    }
  }

  private void failAfter(int changes) {
    int[] count = {0};
    disk.hook(
        (operation, file) -> {
          if (count[0]++ >= changes && operation != Operation.OPEN) {
            throw new IOException("the power is gone");
          }
        });
  }

  private Snapshot newest(long base) {
    return snapshots.newest(at(base), damage::add).orElseThrow();
  }

  private long sizeOf(Snapshot snapshot) throws IOException {
    try (DiskFile file = disk.open(snapshot.file())) {
      return file.size();
    }
  }

  private static LogPosition at(long index) {
    return new LogPosition(index, new Term(index == 0 ? 0 : 1));
  }
}
