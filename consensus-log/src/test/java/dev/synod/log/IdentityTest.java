package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.StoreId;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The identity of a store")
class IdentityTest {

  private static final String ID = "bb1ad573-19b8-9cd8-68fb-0e6f684df992";

  private final MemoryDisk disk = new MemoryDisk(new Random(1));

  @Test
  @DisplayName("is read as it was written")
  void isKept() throws IOException {
    StoreId store = new Identity(disk).create(new Random(7));

    assertThat(new Identity(disk).read()).isEqualTo(store);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"synod-store 1 ", "synod-store 1 1-1-1-1-1", "other-store 1 " + ID, "x"})
  @DisplayName("is damaged if its text is none, though the checksum is right")
  void noIdentity(String text) throws IOException {
    write(checked(text));

    assertThatThrownBy(() -> new Identity(disk).read())
        .isInstanceOfSatisfying(
            LogException.class,
            refused -> assertThat(refused.failure().kind()).isEqualTo(LogFailure.Kind.CORRUPT))
        .hasMessageContaining("store.id is damaged: restore it from a copy");
  }

  @Test
  @DisplayName("is damaged if its checksum is wrong")
  void wrongChecksum() throws IOException {
    write("synod-store 1 " + ID + " 00000000\n");

    assertThatThrownBy(() -> new Identity(disk).read())
        .isInstanceOf(LogException.class)
        .hasMessageContaining("store.id is damaged");
  }

  @Test
  @DisplayName("of another format version is refused with both versions")
  void otherVersion() throws IOException {
    write(checked("synod-store 2 " + ID));

    assertThatThrownBy(() -> new Identity(disk).read())
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll("format version 2", "reads version 1");
  }

  private static String checked(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + String.format(Locale.ROOT, " %08x%n", crc.getValue());
  }

  private void write(String text) throws IOException {
    try (DiskFile file = disk.open(Identity.FILE)) {
      file.write(
          new ByteBuffer[] {ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))}, 1, 0);
    }
  }
}
