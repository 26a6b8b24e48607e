package dev.synod.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A directory of the file system as a disk")
class RealDiskTest {

  @TempDir Path directory;

  @Test
  @DisplayName("writes several buffers one after the other, and reads them back")
  void writesGathered() throws IOException {
    Disk disk = RealDisk.at(directory);
    try (DiskFile file = disk.open("a")) {
      file.preallocate(100);
      file.write(new ByteBuffer[] {bytes("one "), bytes("two "), bytes("three")}, 3, 10);
      file.force();

      assertThat(file.size()).isEqualTo(100);
      ByteBuffer read = ByteBuffer.allocate(13);
      assertThat(file.read(read, 10)).isEqualTo(13);
      assertThat(read.array()).isEqualTo("one two three".getBytes(StandardCharsets.US_ASCII));
      assertThat(file.read(ByteBuffer.allocate(13), 95)).isEqualTo(5);
    }
  }

  @Test
  @DisplayName("lists, renames and deletes files")
  void listsRenamesAndDeletes() throws IOException {
    Disk disk = RealDisk.at(directory);
    disk.createDirectories("x/y");
    disk.open("x/b").close();
    disk.open("x/a").close();

    disk.rename("x/b", "x/c");
    disk.delete("x/a");
    disk.syncDirectory("x");

    assertThat(disk.list("x")).containsExactly("c");
    assertThat(disk.list("missing")).isEmpty();
    assertThat(disk.exists("x/y")).isTrue();
  }

  @Test
  @DisplayName("is locked once in a process")
  void isLockedOnce() throws Exception {
    Disk disk = RealDisk.at(directory);
    try (AutoCloseable lock = disk.lock()) {
      assertThat(lock).isNotNull();

      assertThatThrownBy(() -> RealDisk.at(directory).lock())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("open in this process already");
    }

    disk.lock().close();
  }

  @Test
  @DisplayName("takes no name that leaves the directory")
  void namesStayInTheDirectory() throws IOException {
    Disk disk = RealDisk.at(directory.resolve("inner"));
    Files.createFile(directory.resolve("outer"));

    assertThatThrownBy(() -> disk.open("../outer")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.delete("../outer")).isInstanceOf(IOException.class);
    assertThat(directory.resolve("outer")).exists();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
