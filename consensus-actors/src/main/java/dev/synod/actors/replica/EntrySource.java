package dev.synod.actors.replica;

import dev.synod.core.Entry;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where what is committed is to be had, by its place in the group's order. With Raft and ZAB that
 * is the log itself; with Paxos, slots are looked up in it.
 */
public interface EntrySource {

  /** The last place that is no longer there. */
  long base();

  /**
   * Up to where the entries from there on take at most so many bytes and are at most so many; at
   * least {@code from} itself. May be too far where only a reading shows the bytes.
   */
  long lastIndexWithin(long from, int entriesMax, long bytesMax);

  /** Those entries, if all are in memory. */
  Optional<List<Entry>> cached(long from, long to);

  /**
   * Reads those entries: the first one at least, perhaps not all.
   *
   * @param callback on any thread
   */
  void read(long from, long to, Consumer<ReadResult> callback);

  /** Those go to the state machine now, each once unless that is restored from a snapshot. */
  default void handed(List<Entry> entries) {}

  /** The entries of that log, where it has them. */
  static EntrySource of(GroupLog log) {
    return new EntrySource() {
      @Override
      public long base() {
        return log.base().index();
      }

      @Override
      public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
        return log.lastIndexWithin(from, entriesMax, bytesMax);
      }

      @Override
      public Optional<List<Entry>> cached(long from, long to) {
        return log.cached(from, to);
      }

      @Override
      public void read(long from, long to, Consumer<ReadResult> callback) {
        log.read(from, to, callback);
      }
    };
  }
}
