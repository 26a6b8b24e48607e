package dev.synod.log;

import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * The file that says which store a directory is: one line of text, so that a person can read it.
 * Written once, beside, and renamed when it is durable.
 */
public final class Identity {

  /** The file's name in the log's directory. */
  public static final String FILE = "store.id";

  private static final String UNFINISHED = FILE + ".new";
  private static final String WORD = "synod-store";

  private final Disk disk;

  public Identity(Disk disk) {
    this.disk = disk;
  }

  /** Whether the directory has one. */
  public boolean exists() throws IOException {
    return disk.exists(FILE);
  }

  /** Gives a new directory its identity. */
  StoreId create(RandomGenerator random) throws IOException {
    StoreId store = StoreId.random(random);
    String text = WORD + " " + SegmentHeader.FORMAT_VERSION + " " + store.uuid();
    byte[] line = (text + " " + crc(text) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (DiskFile file = disk.open(UNFINISHED)) {
      file.truncate(0);
      file.write(new ByteBuffer[] {ByteBuffer.wrap(line)}, 1, 0);
      file.force();
    }
    disk.rename(UNFINISHED, FILE);
    disk.syncDirectory("");
    return store;
  }

  /** Reads it, or throws with what to do. */
  public StoreId read() throws IOException {
    String[] words = line().split(" ");
    if (words.length != 4 || !words[0].equals(WORD) || !words[3].equals(crcOf(words))) {
      throw damaged();
    }
    if (!words[1].equals(String.valueOf(SegmentHeader.FORMAT_VERSION))) {
      throw new LogException(
          LogFailure.Kind.UNKNOWN_FORMAT,
          disk.describe()
              + "/"
              + FILE
              + ": format version "
              + words[1]
              + ", but this program reads version "
              + SegmentHeader.FORMAT_VERSION);
    }
    try {
      return StoreId.parse(words[2]);
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
  }

  private LogException damaged() {
    return new LogException(
        LogFailure.Kind.CORRUPT,
        disk.describe()
            + "/"
            + FILE
            + " is damaged: restore it from a copy (every segment's header holds the store's id),"
            + " or replace this node");
  }

  private String line() throws IOException {
    try (DiskFile file = disk.open(FILE)) {
      ByteBuffer bytes = ByteBuffer.allocate(256);
      file.read(bytes, 0);
      return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }
  }

  private static String crcOf(String[] words) {
    return crc(words[0] + " " + words[1] + " " + words[2]);
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
