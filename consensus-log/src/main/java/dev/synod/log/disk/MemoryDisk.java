package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that forgets, at {@link #crash}, what was not synced: bytes not forced, and
 * files created, renamed or deleted without a sync of their folder. It can also fill up, fail,
 * tear, and flip bits. What it forgets is drawn from the given random source, so that a seed
 * replays it.
 *
 * <p>Serves tests, simulations, and groups that need no durability.
 */
public final class MemoryDisk implements Disk {

  /** How much of what was written, but not forced, a crash leaves on the device. */
  public enum Tear {
    /** Nothing. */
    NOTHING_KEPT,
    /** A beginning, cut at a sector's border. */
    PREFIX_KEPT,
    /** Any sectors: a device writes them in any order. */
    ANY_SECTORS_KEPT,
    /** All, as when only the process dies. */
    ALL_KEPT;

    /** How many of the first sectors are kept; negative: each by a throw of a coin. */
    int sectorsKept(int unsynced, RandomGenerator random) {
      return switch (this) {
        case NOTHING_KEPT -> 0;
        case PREFIX_KEPT -> random.nextInt(unsynced + 1);
        case ANY_SECTORS_KEPT -> -1;
        case ALL_KEPT -> unsynced;
      };
    }

    /**
     * How many of the first changes of names are kept: a file system's journal keeps their order.
     */
    int namesKept(int unsynced, RandomGenerator random) {
      return this == ANY_SECTORS_KEPT
          ? random.nextInt(unsynced + 1)
          : sectorsKept(unsynced, random);
    }
  }

  /** What is about to be done to the disk. */
  public enum Operation {
    WRITE,
    FORCE,
    PREALLOCATE,
    TRUNCATE,
    OPEN,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  /** Called before every change of the disk; may count, wait, or throw to make it fail. */
  @FunctionalInterface
  public interface Hook {
    void before(Operation operation, String file) throws IOException;
  }

  private final RandomGenerator random;
  private final MemoryNames names;
  private Hook hook = (operation, file) -> {};
  private long capacity = Long.MAX_VALUE;
  private long ticks;
  private int generation;
  private boolean locked;

  public MemoryDisk(RandomGenerator random) {
    this(random, new MemoryNames());
  }

  private MemoryDisk(RandomGenerator random, MemoryNames names) {
    this.random = random;
    this.names = names;
  }

  /** Calls this before every change from now on. */
  public synchronized void hook(Hook before) {
    hook = before;
  }

  /** From now on the files together have no more room than this, in bytes. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** Bytes that the files take together. */
  public synchronized long used() {
    return files().stream().mapToLong(MemoryFile::size).sum();
  }

  /**
   * The power goes: open files and locks are dead, and what was not synced is lost as the tear
   * says.
   */
  public synchronized void crash(Tear tear) {
    kill();
    names.crash(tear.namesKept(names.unsynced(), random));
    files().forEach(file -> file.crash(tear, random));
  }

  /** The power goes, and the cut decides what is kept of what was not synced. */
  public synchronized void crash(Cut cut) {
    kill();
    names.crash(Math.min(cut.names(), names.unsynced()));
    List<Long> times = unsyncedTimes();
    files().forEach(file -> file.crash(cut, times));
  }

  /** Every cut that a crash could make now. */
  public synchronized List<Cut> cuts() {
    return Cut.all(names.unsynced(), unsyncedTimes().size());
  }

  private List<Long> unsyncedTimes() {
    return files().stream().flatMapToLong(MemoryFile::unsyncedTimes).sorted().boxed().toList();
  }

  /**
   * Only the process dies: open files and locks are dead, but the operating system still has all
   * that was written, and a later {@link #crash} may still lose it.
   */
  public synchronized void kill() {
    generation++;
    locked = false;
  }

  /** A disk with the same files, all of them durable, that goes its own way from now on. */
  public synchronized MemoryDisk copy(RandomGenerator source) {
    var copy = fork(source);
    copy.names.syncAll();
    copy.files().forEach(MemoryFile::force);
    return copy;
  }

  /**
   * A disk with the same files, synced and not, that goes its own way from now on. Cheap: contents
   * are shared until one of the two changes them. Nothing of it is open.
   */
  public synchronized MemoryDisk fork(RandomGenerator source) {
    var fork = new MemoryDisk(source, names.fork());
    fork.ticks = ticks;
    return fork;
  }

  private long tick() {
    return ++ticks;
  }

  private Collection<MemoryFile> files() {
    return names.files().values();
  }

  /** Flips one bit of a file, as if the device had. */
  public synchronized void flip(String name, long bit) throws IOException {
    existing(name).flip(bit);
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    MemoryFile file = names.files().get(Names.checked(name));
    if (file == null) {
      hook.before(Operation.OPEN, name);
      if (!names.isFolder(MemoryNames.folderOf(name))) {
        throw new IOException("no such folder: " + MemoryNames.folderOf(name));
      }
      file = new MemoryFile();
      names.create(name, file);
    }
    return new Handle(name, file, generation);
  }

  @Override
  public synchronized boolean exists(String name) throws IOException {
    return names.files().containsKey(Names.checked(name)) || names.isFolder(name);
  }

  @Override
  public synchronized List<String> list(String folder) throws IOException {
    String prefix = Names.checkedFolder(folder).isEmpty() ? "" : folder + "/";
    return names.files().keySet().stream()
        .filter(name -> MemoryNames.folderOf(name).equals(folder))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  @Override
  public synchronized void createDirectories(String folder) throws IOException {
    names.createFolders(Names.checkedFolder(folder));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    hook.before(Operation.RENAME, Names.checked(to));
    names.rename(from, to, existing(from));
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    hook.before(Operation.DELETE, name);
    existing(name);
    names.delete(name);
  }

  @Override
  public synchronized void syncDirectory(String folder) throws IOException {
    hook.before(Operation.SYNC_DIRECTORY, Names.checkedFolder(folder));
    names.sync(folder);
  }

  @Override
  public synchronized AutoCloseable lock() throws IOException {
    if (locked) {
      throw new IOException("it is open in this process already");
    }
    locked = true;
    int mine = generation;
    return () -> unlock(mine);
  }

  private synchronized void unlock(int mine) {
    locked &= mine != generation;
  }

  @Override
  public String describe() {
    return "memory";
  }

  private MemoryFile existing(String name) throws IOException {
    MemoryFile file = names.files().get(Names.checked(name));
    if (file == null) {
      throw new IOException("no such file: " + name);
    }
    return file;
  }

  /** One opening of a file; dead after a crash. */
  private final class Handle implements DiskFile {

    private final String name;
    private final MemoryFile file;
    private final int opened;
    private boolean closed;

    Handle(String name, MemoryFile file, int opened) {
      this.name = name;
      this.file = file;
      this.opened = opened;
    }

    @Override
    public long size() throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        return file.size();
      }
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        return file.read(buffer, position);
      }
    }

    @Override
    public void write(ByteBuffer[] buffers, int count, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        hook.before(Operation.WRITE, name);
        long at = position;
        for (int i = 0; i < count; i++) {
          int length = buffers[i].remaining();
          checkRoom(at + length);
          file.write(buffers[i], at, MemoryDisk.this::tick);
          at += length;
        }
      }
    }

    @Override
    public void preallocate(long size) throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        hook.before(Operation.PREALLOCATE, name);
        if (size > file.size()) {
          checkRoom(size);
          file.extend(size, MemoryDisk.this::tick);
        }
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        try {
          hook.before(Operation.FORCE, name);
        } catch (IOException e) {
          file.forgetUnsynced();
          throw e;
        }
        file.force();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (MemoryDisk.this) {
        check();
        hook.before(Operation.TRUNCATE, name);
        file.truncate(size);
      }
    }

    @Override
    public void close() {
      synchronized (MemoryDisk.this) {
        closed = true;
      }
    }

    private void checkRoom(long end) throws IOException {
      MemoryFile.checkPosition(end);
      if (end > file.size() && used() + end - file.size() > capacity) {
        throw new IOException("No space left on device");
      }
    }

    private void check() throws IOException {
      if (closed || opened != generation) {
        throw new IOException(name + " is closed");
      }
    }
  }
}
