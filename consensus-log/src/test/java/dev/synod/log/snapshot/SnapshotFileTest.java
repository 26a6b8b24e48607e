package dev.synod.log.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.Allocated;
import dev.synod.log.LogException;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A snapshot in a file by itself")
class SnapshotFileTest {

  private static final GroupId GROUP = new GroupId("counter");
  private static final LogPosition AT = new LogPosition(7, new Term(2));
  private static final Bytes BODY = Bytes.utf8("all that was applied");

  private final MemoryDisk disk = new MemoryDisk(new Random(1));
  private final SnapshotFile file = new SnapshotFile(disk, "counter.backup");

  @Test
  @DisplayName("is there once it is committed, durably, with all that was written")
  void committed() {
    write();
    disk.crash(Tear.NOTHING_KEPT);

    var found = file.checked();
    assertThat(found.group()).isEqualTo(GROUP);
    assertThat(found.position()).isEqualTo(AT);
    assertThat(found.metadata()).isEqualTo(Bytes.utf8("about it"));
    try (var reader = file.open(found)) {
      assertThat(reader.read(0, 1000)).isEqualTo(BODY);
    }
  }

  @Test
  @DisplayName("is not there before it is committed, and never overwritten")
  void neverHalf() {
    try (var writer = file.create(GROUP, AT, Bytes.EMPTY)) {
      writer.append(BODY);
    }
    assertThatThrownBy(file::checked).hasMessageContaining("does not exist");
    write();

    assertThatThrownBy(this::write).hasMessageContaining("not overwritten");
  }

  @Test
  @DisplayName("is refused with any byte damaged")
  void damaged() throws IOException {
    write();
    long size = size();
    for (long at = 0; at < size; at++) {
      flip(at);
      assertThatThrownBy(file::checked).as("byte %d", at).isInstanceOf(LogException.class);
      flip(at);
    }
    assertThat(file.checked().position()).isEqualTo(AT);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {1 << 20, Integer.MAX_VALUE - 100, Integer.MAX_VALUE - 55, -1})
  @DisplayName(
      "is refused with a length of metadata that the file has no room for, before it is read")
  void absurdLength(int length) throws IOException {
    write();
    try (var opened = disk.open("counter.backup")) {
      opened.write(new ByteBuffer[] {ByteBuffer.allocate(4).putInt(0, length)}, 1, 16);
    }

    long allocated =
        Allocated.by(
            () ->
                assertThatThrownBy(file::checked)
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("the header (offset 0) is damaged"));

    assertThat(allocated).isLessThan(1 << 20);
  }

  @Test
  @DisplayName("is refused if it is cut short anywhere")
  void cutShort() throws IOException {
    write();
    for (long length = size() - 1; length >= 0; length--) {
      try (var opened = disk.open("counter.backup")) {
        opened.truncate(length);
      }
      assertThatThrownBy(file::checked).as("%d bytes", length).isInstanceOf(LogException.class);
    }
  }

  private void write() {
    try (var writer = file.create(GROUP, AT, Bytes.utf8("about it"))) {
      writer.append(BODY);
      writer.commit();
    }
  }

  private long size() throws IOException {
    try (var opened = disk.open("counter.backup")) {
      return opened.size();
    }
  }

  private void flip(long at) throws IOException {
    try (var opened = disk.open("counter.backup")) {
      var one = ByteBuffer.allocate(1);
      opened.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
      opened.write(new ByteBuffer[] {one}, 1, at);
    }
  }
}
