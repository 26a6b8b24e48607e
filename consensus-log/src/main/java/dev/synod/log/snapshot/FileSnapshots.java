package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** One group's snapshots as files, in a folder of its own. */
public final class FileSnapshots implements Snapshots {

  /** The folder of all groups' snapshots. */
  public static final String FOLDER = "snapshots";

  private static final String SUFFIX = ".snap";
  private static final String UNFINISHED = ".part";
  private static final int VERIFIED_AT_ONCE = 1 << 16;

  private final Disk disk;
  private final GroupId group;
  private final int kept;
  private final String folder;

  /**
   * @param kept how many durable ones are kept
   */
  public FileSnapshots(Disk disk, GroupId group, int kept) {
    this.disk = disk;
    this.group = group;
    this.kept = kept;
    this.folder = FOLDER + "/" + group.name();
  }

  @Override
  public SnapshotWriter begin(LogPosition position, Bytes metadata) {
    Invariants.check(position.index() > 0, "a snapshot covers something, not %s", position);
    var header = new SnapshotHeader(group, position, metadata);
    try {
      if (!isThere()) {
        disk.createDirectories(folder);
        disk.syncDirectory(FOLDER);
      }
      return new FileSnapshotWriter(this, header, disk, nameOf(position) + UNFINISHED);
    } catch (IOException e) {
      throw new LogException("writing a snapshot of " + group, e);
    }
  }

  /** The durable snapshots whose headers are intact, newest first; their bodies are not checked. */
  public List<Snapshot> list() {
    List<Snapshot> found = new ArrayList<>();
    try {
      for (String file : disk.list(folder)) {
        if (file.endsWith(SUFFIX)) {
          readHeader(folder + "/" + file).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new LogException("listing the snapshots of " + group, e);
    }
    Collections.reverse(found);
    return found;
  }

  @Override
  public Optional<Snapshot> newest(LogPosition base, Consumer<LogFailure> damage) {
    List<String> files = files();
    List<String> bad = new ArrayList<>();
    for (String file : files) {
      Optional<String> problem = problemOf(file);
      Optional<Snapshot> snapshot = problem.isPresent() ? Optional.empty() : header(file);
      if (snapshot.isPresent() && snapshot.get().position().index() >= base.index()) {
        return snapshot;
      }
      String why = problem.orElse(file + " ends before the log's base " + base);
      if (problem.isPresent()) {
        damage.accept(new LogFailure(LogFailure.Kind.CORRUPT, why));
      }
      bad.add(why);
    }
    if (base.index() == 0) {
      return Optional.empty();
    }
    throw new LogException(
        LogFailure.Kind.CORRUPT,
        "group "
            + group
            + ": the log begins after "
            + base
            + ", and no intact snapshot covers what is before: "
            + (bad.isEmpty() ? "there is none" : String.join("; ", bad))
            + "; replace this replica, or restore the directory from a copy");
  }

  @Override
  public SnapshotReader open(Snapshot snapshot) {
    var header = new SnapshotHeader(group, snapshot.position(), snapshot.metadata());
    try {
      return new FileSnapshotReader(snapshot, openFile(snapshot.file()), header.length());
    } catch (IOException e) {
      throw new LogException("opening " + snapshot.file(), e);
    }
  }

  /** What is wrong with that snapshot, if anything: file, offset, what. Reads all of it. */
  public Optional<LogFailure> verify(Snapshot snapshot) {
    return problemOf(snapshot.file()).map(why -> new LogFailure(LogFailure.Kind.CORRUPT, why));
  }

  public void delete(Snapshot snapshot) {
    try {
      disk.delete(snapshot.file());
      disk.syncDirectory(folder);
    } catch (IOException e) {
      throw new LogException("deleting " + snapshot.file(), e);
    }
  }

  @Override
  public void deleteAll() {
    try {
      List<String> files = disk.list(folder);
      for (String file : files) {
        disk.delete(folder + "/" + file);
      }
      if (!files.isEmpty()) {
        disk.syncDirectory(folder);
      }
    } catch (IOException e) {
      throw new LogException("deleting the snapshots of " + group, e);
    }
  }

  /** Gives the finished file its name, durably, and deletes what is older than those to keep. */
  Snapshot finish(String unfinished, SnapshotHeader header, long size) throws IOException {
    String name = nameOf(header.position()) + SUFFIX;
    disk.rename(unfinished, name);
    disk.syncDirectory(folder);
    List<String> files = files();
    for (String old : files.subList(Math.min(kept, files.size()), files.size())) {
      disk.delete(old);
    }
    for (String file : disk.list(folder)) {
      if (file.endsWith(UNFINISHED) && (folder + "/" + file).compareTo(name) < 0) {
        disk.delete(folder + "/" + file);
      }
    }
    disk.syncDirectory(folder);
    return new Snapshot(group, header.position(), header.metadata(), size, name);
  }

  private List<String> files() {
    try {
      List<String> files = new ArrayList<>();
      for (String file : disk.list(folder)) {
        if (file.endsWith(SUFFIX)) {
          files.add(0, folder + "/" + file);
        }
      }
      return files;
    } catch (IOException e) {
      throw new LogException("listing the snapshots of " + group, e);
    }
  }

  private Optional<Snapshot> header(String name) {
    try {
      return readHeader(name);
    } catch (IOException e) {
      throw new LogException("reading " + disk.describe() + "/" + name, e);
    }
  }

  private Optional<Snapshot> readHeader(String name) throws IOException {
    try (DiskFile file = openFile(name)) {
      ByteBuffer fixed = ByteBuffer.allocate(SnapshotHeader.FIXED_BYTES);
      file.read(fixed, 0);
      Optional<Integer> length = SnapshotHeader.length(fixed.flip());
      if (length.isEmpty() || length.get() + SnapshotHeader.TRAILER_BYTES > file.size()) {
        return Optional.empty();
      }
      ByteBuffer whole = ByteBuffer.allocate(length.get());
      file.read(whole, 0);
      long size = file.size() - length.get() - SnapshotHeader.TRAILER_BYTES;
      return SnapshotHeader.decode(whole.flip())
          .filter(header -> header.group().equals(group))
          .map(header -> new Snapshot(group, header.position(), header.metadata(), size, name));
    }
  }

  private Optional<String> problemOf(String name) {
    String path = disk.describe() + "/" + name;
    try {
      Optional<Snapshot> snapshot = readHeader(name);
      if (snapshot.isEmpty()) {
        return Optional.of(path + ": the header (offset 0) is damaged");
      }
      return bodyProblem(snapshot.get(), path);
    } catch (IOException e) {
      return Optional.of(path + " can't be read: " + e.getMessage());
    }
  }

  private Optional<String> bodyProblem(Snapshot snapshot, String path) throws IOException {
    var header = new SnapshotHeader(group, snapshot.position(), snapshot.metadata());
    CRC32C crc = new CRC32C();
    try (var reader = open(snapshot);
        DiskFile file = openFile(snapshot.file())) {
      for (long at = 0; at < snapshot.size(); at += VERIFIED_AT_ONCE) {
        reader.read(at, VERIFIED_AT_ONCE).addTo(crc);
      }
      ByteBuffer trailer = ByteBuffer.allocate(SnapshotHeader.TRAILER_BYTES);
      long trailerAt = header.length() + snapshot.size();
      file.read(trailer, trailerAt);
      if (trailer.getLong(0) != snapshot.size() || trailer.getInt(12) != 0) {
        return Optional.of(path + ": the trailer (offset " + trailerAt + ") is damaged");
      }
      return trailer.getInt(8) == (int) crc.getValue()
          ? Optional.empty()
          : Optional.of(
              path + ": the body (offset " + header.length() + " to " + trailerAt + ") is damaged");
    }
  }

  private boolean isThere() throws IOException {
    return disk.exists(folder);
  }

  private DiskFile openFile(String name) throws IOException {
    return disk.open(name);
  }

  private String nameOf(LogPosition position) {
    return folder
        + "/"
        + String.format(Locale.ROOT, "%016x-%016x", position.index(), position.term().number());
  }
}
