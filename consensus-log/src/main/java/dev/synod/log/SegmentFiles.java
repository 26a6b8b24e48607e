package dev.synod.log;

import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The files of the segments. A new one is made beside: it gets its final name only when all its
 * space and its header are durable, so that a file of that name is whole, and a write into it
 * changes no metadata.
 */
public final class SegmentFiles {

  /** The folder of the segments. */
  public static final String FOLDER = "wal";

  private static final String SUFFIX = ".log";
  private static final String UNFINISHED = ".new";

  private final Disk disk;

  public SegmentFiles(Disk disk) {
    this.disk = disk;
  }

  /** The file's name within the log's directory. */
  public static String name(int number) {
    return FOLDER + "/" + String.format(java.util.Locale.ROOT, "%010d", number) + SUFFIX;
  }

  /** The numbers of the segments there are, in order. */
  public List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String file : disk.list(FOLDER)) {
      parse(file).ifPresent(numbers::add);
    }
    return numbers;
  }

  DiskFile create(StoreId store, int number, int bytes) throws IOException {
    String unfinished = name(number) + UNFINISHED;
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    DiskFile file = disk.open(unfinished);
    boolean done = false;
    try {
      file.preallocate(bytes);
      file.write(new ByteBuffer[] {new SegmentHeader(store, number).encode()}, 1, 0);
      file.force();
      disk.rename(unfinished, name(number));
      disk.syncDirectory(FOLDER);
      done = true;
      return file;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /** Deletes the oldest segment's file, durably: a later one must never vanish before it. */
  void delete(int number) throws IOException {
    disk.delete(name(number));
    disk.syncDirectory(FOLDER);
  }

  /** Deletes what a crash left of files that were being made. */
  void deleteUnfinished() throws IOException {
    for (String file : disk.list(FOLDER)) {
      if (file.endsWith(UNFINISHED)) {
        disk.delete(FOLDER + "/" + file);
      }
    }
  }

  private static OptionalInt parse(String file) {
    String digits = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : "";
    return digits.matches("[0-9]{10}") && Long.parseLong(digits) <= Integer.MAX_VALUE
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }
}
