package dev.synod.log.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A directory of the file system. */
public final class RealDisk implements Disk {

  private static final String LOCK_FILE = "lock";

  /**
   * Java's file locks hold for the whole process, so a second opening in this one is caught here.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path root;

  private RealDisk(Path root) {
    this.root = root;
  }

  /** That directory, created if it doesn't exist. */
  public static RealDisk at(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new RealDisk(directory.toRealPath());
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new RealFile(
        FileChannel.open(
            path(name),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE));
  }

  @Override
  public boolean exists(String name) throws IOException {
    return Files.exists(path(name));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path path = folder(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  @Override
  public void createDirectories(String folder) throws IOException {
    Files.createDirectories(folder(folder));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path(name));
  }

  @Override
  public void syncDirectory(String folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder(folder), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public AutoCloseable lock() throws IOException {
    if (!LOCKED.add(root)) {
      throw new IOException("it is open in this process already");
    }
    boolean locked = false;
    try {
      AutoCloseable lock = lockFile();
      locked = true;
      return lock;
    } finally {
      if (!locked) {
        LOCKED.remove(root);
      }
    }
  }

  private AutoCloseable lockFile() throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(LOCK_FILE), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (IOException | OverlappingFileLockException e) {
      channel.close();
      throw new IOException("its lock can't be had: " + e, e);
    }
    if (lock == null) {
      channel.close();
      throw new IOException("another process uses it; stop that one first");
    }
    return () -> {
      channel.close();
      LOCKED.remove(root);
    };
  }

  @Override
  public String describe() {
    return root.toString();
  }

  private Path path(String name) throws IOException {
    return root.resolve(Names.checked(name));
  }

  private Path folder(String name) throws IOException {
    return root.resolve(Names.checkedFolder(name));
  }
}
