package dev.synod.crdt.store;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one replica keeps over restarts: records, in their order. Owned by one actor: its methods
 * are called by one thread at a time and do not block.
 *
 * <p>Every write returns a <em>ticket</em>, a number that rises. Writes become durable in the order
 * of their tickets; a crash loses those that are not. Nothing that depends on a write may leave the
 * replica before {@link #durableTicket} has reached its ticket.
 */
public interface ReplicaStore extends AutoCloseable {

  /** About how many bytes a record takes beside its own. */
  int RECORD_BYTES = 64;

  /**
   * Whose store it is; written down, so that it is the same one at the next start. Called once,
   * before all else.
   *
   * @param ids for a store that is nobody's yet: gives an id that no replica ever had, or nothing
   *     if a registry gives the ids, and the records will say them
   * @throws dev.synod.log.LogException if that can't be read; the text says why
   */
  Start start(Supplier<Optional<ReplicaId>> ids);

  /**
   * A start of a replica.
   *
   * @param self the replica; nothing if a registry gives the ids, and the records say them
   * @param number of this start, from 1; of two starts that both told anybody anything, the later
   *     one has the higher number
   */
  record Start(Optional<ReplicaId> self, long number) {}

  /** Gives back all records. Comes back at once; called once, before anything is appended. */
  void recover(Reader reader);

  /** Takes records in their order; called on threads of the store's, one after the other. */
  interface Reader {

    /**
     * Takes the next one.
     *
     * @throws IllegalArgumentException if it can't be one: then {@link #failed} ends the reading
     */
    void record(Bytes kept);

    /** Something is damaged that can be done without, for a person. */
    void damaged(String what);

    /**
     * These were all.
     *
     * @param snapshotBytes how many bytes the snapshot had
     * @param bytesBehind how many bytes the records behind it took
     */
    void end(long snapshotBytes, long bytesBehind);

    /** They can't be read; says which, why, and what to do. */
    void failed(String why);
  }

  /** Adds a record, all of it or nothing; returns its ticket. */
  long append(Bytes kept);

  /** The ticket of the last write. */
  long lastTicket();

  /** The ticket up to which all writes are durable. */
  long durableTicket();

  /** Whether so much waits for the disk that new changes should be refused. */
  boolean isBusy();

  /**
   * Writes a snapshot, which then stands for all that was appended so far. Comes back at once; one
   * at a time, until {@link Listener#snapshotWritten}.
   *
   * @param records gives the records of the snapshot, on a thread of the store's
   */
  void snapshot(Consumer<Consumer<Bytes>> records);

  /** Forgets the records that the last snapshot stands for. Called once it is written. */
  void forget();

  /** Set before the first write; told on threads of the store's, so it must only hand over. */
  void listener(Listener listener);

  /** What became of writes. */
  interface Listener {

    /** All writes up to that ticket are durable. */
    void durable(long ticket);

    /** The snapshot is durable, and has so many bytes. */
    void snapshotWritten(long bytes);

    /** Nothing more will become durable; says why, and what to do. */
    void failed(String why);
  }

  /** Gives the place back. May block while the disk is busy. */
  @Override
  void close();
}
