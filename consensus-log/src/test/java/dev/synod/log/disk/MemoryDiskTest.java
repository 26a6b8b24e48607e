package dev.synod.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.log.disk.MemoryDisk.Operation;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The disk in memory")
class MemoryDiskTest {

  private final MemoryDisk disk = new MemoryDisk(new Random(42));

  @Test
  @DisplayName("keeps what was forced, and its name if the folder was synced")
  void keepsWhatWasForced() throws IOException {
    write(durableFile("a"), "one", 0).force();

    disk.crash(Tear.NOTHING_KEPT);

    assertThat(read("a")).isEqualTo("one");
  }

  @Test
  @DisplayName("forgets what was not forced")
  void forgetsWhatWasNotForced() throws IOException {
    DiskFile file = write(durableFile("a"), "one", 0);
    file.force();
    write(file, "two", 0);

    assertThat(read("a")).isEqualTo("two");
    disk.crash(Tear.NOTHING_KEPT);

    assertThat(read("a")).isEqualTo("one");
  }

  @Test
  @DisplayName("forgets a file that was forced, but whose folder was not synced")
  void forgetsAnUnsyncedName() throws IOException {
    write(disk.open("a"), "one", 0).force();

    disk.crash(Tear.NOTHING_KEPT);

    assertThat(disk.exists("a")).isFalse();
  }

  @Test
  @DisplayName("brings a deleted or renamed file back if the folder was not synced")
  void bringsUnsyncedDeletionsBack() throws IOException {
    write(durableFile("a"), "one", 0).force();
    write(durableFile("b"), "two", 0).force();
    disk.delete("a");
    disk.rename("b", "c");

    disk.crash(Tear.NOTHING_KEPT);

    assertThat(disk.list("")).containsExactly("a", "b");
  }

  @Test
  @DisplayName("forgets a folder, and all in it, unless its parent was synced")
  void forgetsAnUnsyncedFolder() throws IOException {
    disk.createDirectories("x");
    write(disk.open("x/a"), "one", 0).force();
    disk.syncDirectory("x");

    disk.crash(Tear.NOTHING_KEPT);

    assertThat(disk.exists("x")).isFalse();
    assertThat(disk.exists("x/a")).isFalse();
  }

  @Test
  @DisplayName("keeps everything when only the process dies")
  void keepsEverythingWhenOnlyTheProcessDies() throws IOException {
    write(disk.open("a"), "one", 0);

    disk.crash(Tear.ALL_KEPT);

    assertThat(read("a")).isEqualTo("one");
  }

  @Test
  @DisplayName("shows a process that was killed its writes, and still forgets them in a crash")
  void aKillSyncsNothing() throws IOException {
    DiskFile file = durableFile("a");
    write(file, "one", 0).force();
    write(file, "two", 0);

    disk.kill();
    assertThat(read("a")).isEqualTo("two");
    disk.crash(Tear.NOTHING_KEPT);

    assertThat(read("a")).isEqualTo("one");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Tear.class)
  @DisplayName("leaves each sector as it was or as it was written, nothing in between")
  void sectorsAreWhole(Tear tear) throws IOException {
    int sectors = 20;
    DiskFile file = durableFile("a");
    write(file, "o".repeat(sectors * 512), 0).force();
    write(file, "n".repeat(sectors * 512), 0);

    disk.crash(tear);

    String left = read("a");
    for (int i = 0; i < sectors; i++) {
      String sector = left.substring(i * 512, (i + 1) * 512);
      assertThat(sector).isIn("o".repeat(512), "n".repeat(512));
    }
  }

  @Test
  @DisplayName("forgets an unforced truncation, and keeps a forced one")
  void truncationIsDurableOnceForced() throws IOException {
    DiskFile file = durableFile("a");
    write(file, "one two", 0).force();
    file.truncate(3);
    disk.crash(Tear.NOTHING_KEPT);
    assertThat(read("a")).isEqualTo("one two");

    DiskFile again = disk.open("a");
    again.truncate(3);
    again.force();
    disk.crash(Tear.NOTHING_KEPT);

    assertThat(read("a")).isEqualTo("one");
  }

  @Test
  @DisplayName("is full at its capacity")
  void isFull() throws IOException {
    DiskFile file = disk.open("a");
    disk.capacity(1000);
    write(file, "x".repeat(1000), 0);

    assertThatThrownBy(() -> write(file, "x", 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    write(file, "y", 999);
  }

  @Test
  @DisplayName("fails where its hook says so")
  void failsWhereTheHookSaysSo() throws IOException {
    DiskFile file = disk.open("a");
    disk.hook(
        (operation, name) -> {
          if (operation == Operation.FORCE) {
            throw new IOException("no force of " + name);
          }
        });
    write(file, "one", 0);

    assertThatThrownBy(file::force).isInstanceOf(IOException.class).hasMessage("no force of a");
  }

  @Test
  @DisplayName("flips one bit")
  void flipsOneBit() throws IOException {
    write(durableFile("a"), "ab", 0).force();

    disk.flip("a", 9);

    assertThat(read("a")).isEqualTo("a`");
    disk.crash(Tear.NOTHING_KEPT);
    assertThat(read("a")).isEqualTo("a`");
  }

  @Test
  @DisplayName("is locked once, and free again after the lock is closed or the power went")
  void isLockedOnce() throws Exception {
    AutoCloseable lock = disk.lock();
    assertThatThrownBy(disk::lock).isInstanceOf(IOException.class);
    disk.crash(Tear.ALL_KEPT);
    AutoCloseable second = disk.lock();
    lock.close();
    assertThatThrownBy(disk::lock).isInstanceOf(IOException.class);
    second.close();

    disk.lock().close();
  }

  @Test
  @DisplayName("makes files that were open before a crash useless")
  void handlesDieInACrash() throws IOException {
    DiskFile file = durableFile("a");

    disk.crash(Tear.ALL_KEPT);

    assertThatThrownBy(file::force).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("takes no name that leaves the tree")
  void namesStayInTheTree() {
    for (String name : new String[] {"../a", "/a", "a/../b", "a//b", "", ".", ".hidden", "a/"}) {
      assertThatThrownBy(() -> disk.open(name)).as(name).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("forks: each keeps what the other had until then, synced or not")
  void forks() throws IOException {
    DiskFile file = write(durableFile("a"), "one", 0);
    file.force();
    write(file, "two", 0);
    disk.open("b");

    MemoryDisk fork = disk.fork(new Random(1));
    file.force();
    fork.crash(new Cut(0, 0, Cut.Fate.WRITTEN));

    assertThat(read("a")).isEqualTo("two");
    assertThat(read(fork, "a")).isEqualTo("one");
    assertThat(fork.exists("b")).isFalse();
  }

  @ParameterizedTest(name = "{0} sectors, the last {1}: {2}")
  @CsvSource({
    "0, WRITTEN, ---",
    "1, WRITTEN, n--",
    "2, WRITTEN, nn-",
    "1, SKIPPED, -nn",
    "2, SKIPPED, n-n",
    "1, GARBLED, ?--",
    "3, GARBLED, nn?"
  })
  @DisplayName("leaves after a crash what the cut says, in the order of writing")
  void cuts(int sectors, Cut.Fate fate, String left) throws IOException {
    DiskFile file = durableFile("a");
    write(file, "-".repeat(3 * 512), 0).force();
    write(file, "n".repeat(3 * 512), 0);

    assertThat(disk.cuts()).hasSize(1 + 3 * 3);
    disk.crash(new Cut(0, sectors, fate));

    String found = read("a");
    for (int sector = 0; sector < 3; sector++) {
      char expected = left.charAt(sector);
      String part = found.substring(sector * 512, (sector + 1) * 512);
      if (expected == '?') {
        assertThat(part).isNotIn("-".repeat(512), "n".repeat(512));
      } else {
        assertThat(part).isEqualTo(String.valueOf(expected).repeat(512));
      }
    }
  }

  private DiskFile durableFile(String name) throws IOException {
    DiskFile file = disk.open(name);
    disk.syncDirectory("");
    return file;
  }

  private static DiskFile write(DiskFile file, String text, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    file.write(new ByteBuffer[] {bytes}, 1, at);
    return file;
  }

  private String read(String name) throws IOException {
    return read(disk, name);
  }

  private static String read(MemoryDisk disk, String name) throws IOException {
    DiskFile file = disk.open(name);
    ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
    file.read(bytes, 0);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
  }
}
