package dev.synod.log.disk;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which names a disk in memory has for files and folders: as the operating system shows them, and
 * as a crash would leave them. Guarded by its {@link MemoryDisk}.
 */
final class MemoryNames {

  /**
   * A change of names in one folder: a file created or renamed to, deleted or renamed from; or a
   * folder made.
   */
  private record Change(String folder, String name, Optional<MemoryFile> file, String gone) {}

  private static final String NOTHING = "";

  private final TreeMap<String, MemoryFile> files = new TreeMap<>();
  private final TreeSet<String> folders = new TreeSet<>(List.of(""));
  private final TreeMap<String, MemoryFile> durableFiles = new TreeMap<>();
  private final TreeSet<String> durableFolders = new TreeSet<>(List.of(""));
  private final List<Change> unsynced = new ArrayList<>();

  /** By name, in order. */
  Map<String, MemoryFile> files() {
    return files;
  }

  boolean isFolder(String name) {
    return folders.contains(name);
  }

  void create(String name, MemoryFile file) {
    files.put(name, file);
    unsynced.add(new Change(folderOf(name), name, Optional.of(file), NOTHING));
  }

  void createFolders(String folder) {
    String path = folder;
    List<Change> made = new ArrayList<>();
    while (folders.add(path)) {
      made.add(0, new Change(folderOf(path), path, Optional.empty(), NOTHING));
      path = folderOf(path);
    }
    unsynced.addAll(made);
  }

  void rename(String from, String to, MemoryFile file) {
    files.put(to, file);
    files.remove(from);
    unsynced.add(new Change(folderOf(to), to, Optional.of(file), from));
  }

  void delete(String name) {
    files.remove(name);
    unsynced.add(new Change(folderOf(name), NOTHING, Optional.empty(), name));
  }

  /** Changes that a crash may lose. */
  int unsynced() {
    return unsynced.size();
  }

  void sync(String folder) {
    for (Change change : List.copyOf(unsynced)) {
      if (change.folder().equals(folder)) {
        makeDurable(change);
        unsynced.remove(change);
      }
    }
  }

  void syncAll() {
    unsynced.forEach(this::makeDurable);
    unsynced.clear();
  }

  /** Of the changes that are not synced, so many of the first are kept. */
  void crash(int kept) {
    unsynced.subList(0, kept).forEach(this::makeDurable);
    unsynced.clear();
    durableFiles.keySet().removeIf(name -> !durableFolders.contains(folderOf(name)));
    files.clear();
    files.putAll(durableFiles);
    folders.clear();
    folders.addAll(durableFolders);
  }

  /** The same names, synced and not, of forked files. */
  MemoryNames fork() {
    var fork = new MemoryNames();
    var forked = new IdentityHashMap<MemoryFile, MemoryFile>();
    files.forEach((name, f) -> fork.files.put(name, forkOnce(f, forked)));
    durableFiles.forEach((name, f) -> fork.durableFiles.put(name, forkOnce(f, forked)));
    for (Change change : unsynced) {
      var file = change.file().map(f -> forkOnce(f, forked));
      fork.unsynced.add(new Change(change.folder(), change.name(), file, change.gone()));
    }
    fork.folders.addAll(folders);
    fork.durableFolders.addAll(durableFolders);
    return fork;
  }

  private static MemoryFile forkOnce(MemoryFile file, Map<MemoryFile, MemoryFile> forked) {
    return forked.computeIfAbsent(file, MemoryFile::fork);
  }

  private void makeDurable(Change change) {
    if (!change.gone().equals(NOTHING)) {
      durableFiles.remove(change.gone());
    }
    if (change.file().isPresent()) {
      durableFiles.put(change.name(), change.file().get());
    } else if (!change.name().equals(NOTHING)) {
      durableFolders.add(change.name());
    }
  }

  static String folderOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }
}
