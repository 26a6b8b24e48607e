package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One group's part of the node's log. Owned by one actor: its methods are called by one thread at a
 * time and never block on the disk.
 *
 * <p>Every write returns a <em>ticket</em>, a number that rises with each write of this group.
 * Writes become durable in the order of their tickets; {@link Listener#durable} names the highest
 * one that is. A ticket names a write, not an index, so the acknowledgement of an entry that was
 * truncated meanwhile can't be taken for that of its successor (no ABA).
 *
 * <p>After a failure ({@link Listener#failed}) writes still change what is in memory, so that a
 * role in the middle of a step breaks none of its own rules, but their tickets never become
 * durable.
 */
public interface GroupLog extends LogView {

  GroupId group();

  /** What {@link #save} stored last, as recovered or since. */
  Optional<Bytes> saved();

  /** What {@link #describe} stored last, as recovered or since. */
  Optional<Bytes> description();

  /**
   * Appends entries, consecutive and following {@link #last()}, of terms that never go down.
   *
   * @throws IllegalArgumentException if a payload exceeds {@link LogSettings#entryBytesMax};
   *     nothing is appended then
   */
  long append(List<Entry> entries);

  /**
   * Replaces the protocol's hard state (Raft: term and vote): a small record of the protocol's own
   * making.
   */
  long save(Bytes hardState);

  /** Replaces the group's description: how it was founded (incarnation, first configuration). */
  long describe(Bytes description);

  /** Removes the entries from {@code index} on. */
  long truncateFrom(long index);

  /**
   * Forgets the entries up to {@code upTo}, which a durable snapshot covers. If the log doesn't
   * hold an entry at that position (an installed snapshot is ahead of it, or its term differs), the
   * whole log is dropped and continues after {@code upTo}.
   */
  long compactTo(LogPosition upTo);

  /** The ticket of the last write; all is durable once the listener has seen it. */
  long lastTicket();

  /** The highest durable ticket. */
  long durableTicket();

  /** How many bytes the payload of an entry may take. */
  int entryBytesMax();

  /**
   * Whether more is queued, over all groups of the node, than {@link LogSettings#queuedBytesMax}:
   * then new proposals should be rejected as busy. Writes are taken all the same, since a role
   * can't take back its decisions.
   */
  boolean isBusy();

  /**
   * The entries {@code [from, to]} if all are in memory (recently appended), else empty.
   *
   * @param from above {@code base().index()}
   */
  Optional<List<Entry>> cached(long from, long to);

  /**
   * The entries up to {@code upTo} have been where they were to go: they need not be kept in
   * memory. A matter of speed only: what is kept for long is what garbage collectors copy.
   */
  default void delivered(long upTo) {}

  /**
   * Reads entries from disk on the log's reader, then calls back on that thread (or, after a
   * failure, on the writer's). Entries not yet durable are waited for. A failure names file and
   * offset. The caller bounds the range ({@link #lastIndexWithin}).
   */
  void read(long from, long to, Consumer<ReadResult> callback);

  /**
   * Called on the writer's thread; must only hand over (tell an actor). Set before the first write.
   */
  void listener(Listener listener);

  /** What became of writes. */
  interface Listener {

    /** All writes up to this ticket are durable. */
    void durable(long ticket);

    /**
     * A write or a sync failed: nothing above the last durable ticket will ever become durable in
     * this process.
     */
    void failed(LogFailure failure);
  }

  /** Entries, or why not. */
  sealed interface ReadResult {
    record Entries(List<Entry> entries) implements ReadResult {}

    /**
     * Some were compacted or truncated meanwhile: ask again from the new base, or send a snapshot.
     */
    record Gone() implements ReadResult {}

    record Failed(LogFailure failure) implements ReadResult {}
  }
}
