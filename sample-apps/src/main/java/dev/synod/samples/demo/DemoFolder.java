package dev.synod.samples.demo;

import dev.synod.log.LogException;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.samples.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;

/**
 * The folder of a demo: {@code demo.json}, a lock, and one folder a node with its log and its data.
 */
public final class DemoFolder {

  private final Path folder;

  public DemoFolder(Path folder) {
    this.folder = folder;
  }

  public Path path() {
    return folder;
  }

  public Path data(String node) {
    return folder.resolve(node).resolve("data");
  }

  public Path log(String node) {
    return folder.resolve(node).resolve("node.log");
  }

  /** A copy of that backup, which outlives {@link #clear}. */
  static Path keep(Path backup) {
    try {
      SnapshotFile.at(backup).checked();
      return Files.copy(
          backup,
          Files.createTempDirectory("synod-restore").resolve("backup"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (LogException | IOException e) {
      throw new DemoException(
          "Nothing was changed, as the backup can't be restored: " + e.getMessage(), e);
    }
  }

  /**
   * Puts the kept backup where each of these nodes looks for the state that a group begins with.
   */
  void restore(Path backup, Iterable<String> nodes) {
    try {
      var group = SnapshotFile.at(backup).checked().group().name();
      for (String node : nodes) {
        var settings = folder.resolve(node).resolve("restored");
        Files.createDirectories(settings);
        Files.copy(backup, settings.resolve(group), StandardCopyOption.REPLACE_EXISTING);
      }
      delete(backup.resolveSibling("").toAbsolutePath());
    } catch (LogException | IOException e) {
      throw new DemoException("The backup can't be restored: " + e.getMessage(), e);
    }
  }

  /** What is written about the demo here, running or not. */
  public Optional<DemoFile> read() {
    try {
      return Optional.of(Json.read(Files.readString(file()), DemoFile.class));
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new DemoException(
          file() + " can't be read (" + e.getMessage() + "). Remove it to begin anew.", e);
    }
  }

  /** The demo that runs here, or a {@link DemoException} that tells how to start one. */
  public DemoFile running() {
    return read()
        .filter(DemoFile::runs)
        .orElseThrow(
            () ->
                new DemoException(
                    "No demo is running in "
                        + folder
                        + ". Start one with ./synod demo, or name its folder with --dir."));
  }

  /** Makes the folder and takes it for this process; a {@link DemoException} if another has it. */
  FileLock lock() {
    try {
      Files.createDirectories(folder);
      var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock.isPresent()) {
        return lock.get();
      }
      channel.close();
    } catch (IOException e) {
      throw new DemoException("The folder " + folder + " can't be used: " + e.getMessage(), e);
    }
    String process = read().map(file -> " (process " + file.pid() + ")").orElse("");
    throw new DemoException(
        "A demo already runs in %s%s. End it with Ctrl-C, or choose another --dir."
            .formatted(folder, process));
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /** Replaces {@code demo.json} as a whole, readable by its owner only. */
  void write(DemoFile content) {
    var fresh = folder.resolve("demo.json.new");
    try {
      Files.deleteIfExists(fresh);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(fresh, Json.writeForPeople(content));
      Files.move(
          fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DemoException(file() + " can't be written: " + e.getMessage(), e);
    }
  }

  /** Removes what an earlier demo left here, and nothing else. */
  void clear() {
    read().ifPresent(file -> file.nodes().forEach(place -> delete(folder.resolve(place.name()))));
    delete(file());
  }

  /** Removes the folder with all that is in it; no demo may run there. */
  public void remove() {
    delete(folder);
  }

  private static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return folder.resolve("demo.json");
  }
}
