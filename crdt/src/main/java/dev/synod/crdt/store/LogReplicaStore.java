package dev.synod.crdt.store;

import dev.synod.core.Bytes;
import dev.synod.core.LogPosition;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.CrdtReader;
import dev.synod.crdt.wire.CrdtWriter;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.Snapshots;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A replica's records in a group of a node's log (ADR 6): the group's description is the replica's
 * id, or says that the records have it; its hard state the number of the last start, and each
 * record is an entry, or several if it is too large for one. See {@code FORMAT.md}.
 */
public final class LogReplicaStore implements ReplicaStore {

  private static final int VERSION = 1;

  /** A registry gives the ids, and the records say them: a description of version 2. */
  private static final Bytes REGISTERED = Bytes.wrap(new byte[] {2});

  /** So few that each can have a range of numbers of its own: one a second for 97 days. */
  private static final long STARTS_MAX = (1 << 23) - 2;

  private final GroupLog log;
  private final Snapshots snapshots;
  private final Executor blocking;
  private final int readBytes;
  private final Runnable closed;

  /** A snapshot that is not finished by then never is: another start may write to the log. */
  private final Object closing = new Object();

  private boolean isClosed;
  private Listener listener = Unheard.INSTANCE;
  private LogPosition snapshotted = LogPosition.ZERO;

  /** Until somebody listens; before the first write. */
  private enum Unheard implements Listener {
    INSTANCE;

    @Override
    public void durable(long ticket) {}

    @Override
    public void snapshotWritten(long bytes) {}

    @Override
    public void failed(String why) {}
  }

  /**
   * @param blocking runs what waits for the disk: reads at the start, and snapshots
   * @param readBytes about how many bytes are read at once at the start
   * @param closed gives back what the log is in, if that is this store's alone
   */
  public LogReplicaStore(
      GroupLog log, Snapshots snapshots, Executor blocking, int readBytes, Runnable closed) {
    this.log = log;
    this.snapshots = snapshots;
    this.blocking = blocking;
    this.readBytes = readBytes;
    this.closed = closed;
  }

  @Override
  public void listener(Listener told) {
    listener = told;
    log.listener(
        new GroupLog.Listener() {
          @Override
          public void durable(long ticket) {
            told.durable(ticket);
          }

          @Override
          public void failed(LogFailure failure) {
            told.failed(failure.message());
          }
        });
  }

  @Override
  public Start start(Supplier<Optional<ReplicaId>> ids) {
    var known = log.description();
    if (known.isEmpty() && log.last().index() > 0) {
      throw new LogException(
          LogFailure.Kind.CORRUPT,
          "the group %s has records, and does not say of which replica".formatted(log.group()));
    }
    var self = known.map(this::described).orElseGet(ids);
    if (known.isEmpty()) {
      log.describe(self.map(it -> bytes(it.number())).orElse(REGISTERED));
    }
    long number =
        1 + log.saved().map(it -> number(it, STARTS_MAX, "the number of its start")).orElse(0L);
    log.save(bytes(number));
    return new Start(self, number);
  }

  private Optional<ReplicaId> described(Bytes description) {
    return description.equals(REGISTERED)
        ? Optional.empty()
        : Optional.of(
            new ReplicaId((int) number(description, Integer.MAX_VALUE, "the replica's id")));
  }

  private static Bytes bytes(long number) {
    var writer = new CrdtWriter();
    writer.u8(VERSION);
    writer.number(number);
    return writer.toBytes();
  }

  private long number(Bytes bytes, long max, String what) {
    var reader = new CrdtReader(bytes);
    try {
      int version = reader.u8();
      CrdtReader.require(version == VERSION, "it is of version " + version + ": by a newer one?");
      long number = reader.number();
      CrdtReader.require(number <= max && reader.remaining() == 0, "it is too high, or too long");
      return number;
    } catch (IllegalArgumentException e) {
      throw new LogException(
          LogFailure.Kind.CORRUPT,
          "%s: %s can't be read: %s".formatted(log.group(), what, e.getMessage()));
    }
  }

  @Override
  public void recover(Reader reader) {
    var reading = new ReadBack(log, snapshots, readBytes, reader);
    blocking.execute(reading::run);
  }

  @Override
  public long append(Bytes kept) {
    long ticket = log.append(Parts.of(kept, log.last().index() + 1, log.entryBytesMax()));
    log.delivered(log.last().index()); // it is not read again before the next start
    return ticket;
  }

  @Override
  public long lastTicket() {
    return log.lastTicket();
  }

  @Override
  public long durableTicket() {
    return log.durableTicket();
  }

  @Override
  public boolean isBusy() {
    return log.isBusy();
  }

  @Override
  public void snapshot(Consumer<Consumer<Bytes>> records) {
    var position = log.last();
    snapshotted = position;
    blocking.execute(() -> write(position, records));
  }

  private void write(LogPosition position, Consumer<Consumer<Bytes>> records) {
    try (var writer = snapshots.begin(position, Bytes.EMPTY)) {
      records.accept(kept -> SnapshotFrames.write(kept, writer));
      synchronized (closing) {
        if (!isClosed) {
          listener.snapshotWritten(writer.commit().size());
        }
      }
    } catch (LogException e) {
      listener.failed(e.failure().message());
    } catch (RuntimeException e) { // of a codec of the application's
      listener.failed("%s: no snapshot: %s".formatted(log.group(), e));
    }
  }

  @Override
  public void forget() {
    log.compactTo(snapshotted);
  }

  @Override
  public void close() {
    synchronized (closing) {
      if (isClosed) {
        return; // given back already: others may be in the same log
      }
      isClosed = true;
    }
    closed.run();
  }
}
