package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * One snapshot in one file, wherever that is: among those of a data directory, or by itself, as a
 * backup. Methods may block on the disk.
 */
public final class SnapshotFile {

  static final String UNFINISHED = ".part";

  private static final int VERIFIED_AT_ONCE = 1 << 16;

  private final Disk disk;
  private final String name;

  /** The file of that name, be it there or not. */
  public SnapshotFile(Disk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  /**
   * The file at that place, be it there or not.
   *
   * @throws LogException if its folder is not there, or can't be used
   */
  public static SnapshotFile at(Path file) {
    var absolute = file.toAbsolutePath().normalize();
    var folder = absolute.getParent();
    var name = absolute.getFileName();
    if (folder == null || name == null) {
      throw new LogException(LogFailure.Kind.FOREIGN, absolute + " can't be a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new LogException(LogFailure.Kind.FOREIGN, "there is no folder " + folder);
    }
    try {
      return new SnapshotFile(RealDisk.at(folder), name.toString());
    } catch (IOException e) {
      throw new LogException("opening the folder of " + absolute, e);
    }
  }

  /**
   * Begins to write it; it gets its name when it is committed.
   *
   * @throws LogException if there is such a file already: nothing is overwritten
   */
  public SnapshotWriter create(GroupId group, LogPosition position, Bytes metadata) {
    try {
      if (disk.exists(name)) {
        throw new LogException(
            LogFailure.Kind.FOREIGN, path() + " exists already, and is not overwritten");
      }
      var header = new SnapshotHeader(group, position, metadata);
      return new FileSnapshotWriter(this::finish, header, disk, name + UNFINISHED);
    } catch (IOException e) {
      throw new LogException("writing " + path(), e);
    }
  }

  /**
   * The snapshot in it, after all of it was read and checked.
   *
   * @throws LogException if there is none, or it is damaged or cut short; the text says where
   */
  public Snapshot checked() {
    try {
      if (!disk.exists(name)) {
        throw new LogException(LogFailure.Kind.FOREIGN, path() + " does not exist");
      }
      var problem = problem(any -> true);
      if (problem.isPresent()) {
        throw new LogException(LogFailure.Kind.CORRUPT, problem.get());
      }
      return header().orElseThrow();
    } catch (IOException e) {
      throw new LogException("reading " + path(), e);
    }
  }

  /** The checksum over all of its body. */
  public int checksum(Snapshot snapshot) {
    return crc(snapshot);
  }

  /** Opens that snapshot, which is the one in this file. */
  public SnapshotReader open(Snapshot snapshot) {
    try {
      return new FileSnapshotReader(snapshot, disk.open(name), headerOf(snapshot).length());
    } catch (IOException e) {
      throw new LogException("opening " + name, e);
    }
  }

  /** What its header says, if that is intact; nothing else is looked at. */
  Optional<Snapshot> header() throws IOException {
    try (DiskFile file = disk.open(name)) {
      ByteBuffer fixed = ByteBuffer.allocate(SnapshotHeader.FIXED_BYTES);
      file.read(fixed, 0);
      Optional<Integer> length = SnapshotHeader.length(fixed.flip());
      long room = file.size() - SnapshotHeader.TRAILER_BYTES;
      if (length.isEmpty() || length.get() > room) {
        return Optional.empty();
      }
      ByteBuffer whole = ByteBuffer.allocate(length.get());
      file.read(whole, 0);
      long size = file.size() - length.get() - SnapshotHeader.TRAILER_BYTES;
      return SnapshotHeader.decode(whole.flip())
          .map(
              header ->
                  new Snapshot(header.group(), header.position(), header.metadata(), size, name));
    }
  }

  /** What is wrong with it, if anything. Reads all of it. */
  Optional<String> problem(Predicate<Snapshot> belongs) {
    try {
      Optional<Snapshot> snapshot = header().filter(belongs);
      if (snapshot.isEmpty()) {
        return Optional.of(path() + ": the header (offset 0) is damaged");
      }
      return bodyProblem(snapshot.get());
    } catch (IOException e) {
      return Optional.of(path() + " can't be read: " + e.getMessage());
    }
  }

  private Optional<String> bodyProblem(Snapshot snapshot) throws IOException {
    int headerLength = headerOf(snapshot).length();
    long trailerAt = headerLength + snapshot.size();
    ByteBuffer trailer = ByteBuffer.allocate(SnapshotHeader.TRAILER_BYTES);
    try (DiskFile file = disk.open(name)) {
      file.read(trailer, trailerAt);
    }
    if (trailer.getLong(0) != snapshot.size() || trailer.getInt(12) != 0) {
      return Optional.of(
          path() + ": the trailer (offset " + trailerAt + ") is damaged, or the file is cut short");
    }
    return trailer.getInt(8) == crc(snapshot)
        ? Optional.empty()
        : Optional.of(
            path() + ": the body (offset " + headerLength + " to " + trailerAt + ") is damaged");
  }

  private int crc(Snapshot snapshot) {
    CRC32C crc = new CRC32C();
    try (var reader = open(snapshot)) {
      for (long at = 0; at < snapshot.size(); at += VERIFIED_AT_ONCE) {
        reader.read(at, VERIFIED_AT_ONCE).addTo(crc);
      }
    }
    return (int) crc.getValue();
  }

  private Snapshot finish(String unfinished, SnapshotHeader header, long size) throws IOException {
    disk.rename(unfinished, name);
    disk.syncDirectory("");
    return new Snapshot(header.group(), header.position(), header.metadata(), size, name);
  }

  private static SnapshotHeader headerOf(Snapshot snapshot) {
    return new SnapshotHeader(snapshot.group(), snapshot.position(), snapshot.metadata());
  }

  private String path() {
    return disk.describe() + "/" + name;
  }

  @Override
  public String toString() {
    return path();
  }
}
