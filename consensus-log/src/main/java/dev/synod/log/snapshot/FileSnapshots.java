package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One group's snapshots as files, in a folder of its own. */
public final class FileSnapshots implements Snapshots {

  /** The folder of all groups' snapshots. */
  public static final String FOLDER = "snapshots";

  private static final String SUFFIX = ".snap";

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
      return new FileSnapshotWriter(
          this::finish, header, disk, nameOf(position) + SnapshotFile.UNFINISHED);
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
    return file(snapshot.file()).open(snapshot);
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
      if (file.endsWith(SnapshotFile.UNFINISHED) && (folder + "/" + file).compareTo(name) < 0) {
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
    return file(name).header().filter(snapshot -> snapshot.group().equals(group));
  }

  private Optional<String> problemOf(String name) {
    return file(name).problem(snapshot -> snapshot.group().equals(group));
  }

  private boolean isThere() throws IOException {
    return disk.exists(folder);
  }

  private SnapshotFile file(String name) {
    return new SnapshotFile(disk, name);
  }

  private String nameOf(LogPosition position) {
    return folder
        + "/"
        + String.format(Locale.ROOT, "%016x-%016x", position.index(), position.term().number());
  }
}
