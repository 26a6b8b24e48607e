package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Entry;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.rules.Effect.SendEntries;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the entries which the rules name by their range. Those in memory leave at once; others
 * are read from disk, and what is to follow them to the same server waits, so that order is kept.
 * Its queues are bounded by the rules' window.
 */
final class EntrySender {

  /** Entries for a follower have been read from disk. */
  record Fetched(long generation, StoreId to, ReadResult result) implements ReplicaMessage {}

  private final StoreId self;
  private final GroupLog log;
  private final ActorRef<ReplicaMessage> replica;
  private final BiConsumer<StoreId, AppendEntries> send;
  private final Map<StoreId, ArrayDeque<SendEntries>> waiting = new HashMap<>();

  private long generation;
  private @Nullable AppendEntries built;
  private @Nullable AppendEntries witnessed;

  EntrySender(
      StoreId self,
      GroupLog log,
      ActorRef<ReplicaMessage> replica,
      BiConsumer<StoreId, AppendEntries> send) {
    this.self = self;
    this.log = log;
    this.replica = replica;
    this.send = send;
  }

  void send(SendEntries wanted) {
    var queue = waiting.get(wanted.to());
    if (queue != null) {
      queue.add(wanted);
    } else if (!sentFromMemory(wanted)) {
      fetch(wanted, new ArrayDeque<>());
    }
  }

  /**
   * What was read goes out, then what waited behind it. Returns why not if it could not be read;
   * what was compacted meanwhile is left out, and the rules find out that a snapshot is due.
   */
  Optional<LogFailure> fetched(Fetched fetched) {
    if (fetched.generation() != generation) {
      return Optional.empty();
    }
    var queue = waiting.remove(fetched.to());
    if (queue == null) {
      return Optional.empty();
    }
    if (fetched.result() instanceof ReadResult.Failed failed) {
      return Optional.of(failed.failure());
    }
    var wanted = queue.remove();
    if (fetched.result() instanceof ReadResult.Entries read) {
      send(wanted, read.entries());
    }
    while (!queue.isEmpty()) {
      var next = queue.remove();
      if (!sentFromMemory(next)) {
        fetch(next, queue);
        break;
      }
    }
    return Optional.empty();
  }

  /** No longer leader: what was to be sent is void. */
  void forget() {
    waiting.clear();
    built = null;
    witnessed = null;
    generation++;
  }

  private boolean sentFromMemory(SendEntries wanted) {
    long previous = wanted.previous().index();
    if (previous < log.base().index()) {
      return true;
    }
    if (wanted.lastIndex() == previous) {
      send(wanted, List.of());
      return true;
    }
    var last = wanted.witnessed() ? witnessed : built;
    if (last != null && isSame(last, wanted)) {
      send.accept(wanted.to(), last);
      return true;
    }
    var cached = log.cached(previous + 1, wanted.lastIndex());
    cached.ifPresent(entries -> send(wanted, entries));
    return cached.isPresent();
  }

  private void fetch(SendEntries wanted, ArrayDeque<SendEntries> behind) {
    behind.addFirst(wanted);
    waiting.put(wanted.to(), behind);
    long asked = generation;
    log.read(
        wanted.previous().index() + 1,
        wanted.lastIndex(),
        result -> replica.tell(new Fetched(asked, wanted.to(), result)));
  }

  /**
   * Several followers mostly want the same range: one message object, and one encoding where the
   * transport shares it. Witnesses share one of their own.
   */
  private static boolean isSame(AppendEntries last, SendEntries wanted) {
    return last.previous().equals(wanted.previous())
        && last.lastIndex() == wanted.lastIndex()
        && last.commitIndex() == wanted.commitIndex()
        && last.term().equals(wanted.term());
  }

  private void send(SendEntries wanted, List<Entry> entries) {
    var sent = wanted.witnessed() ? entries.stream().map(Entry::witnessed).toList() : entries;
    var append =
        new AppendEntries(self, wanted.term(), wanted.previous(), sent, wanted.commitIndex());
    if (wanted.witnessed()) {
      witnessed = append;
    } else {
      built = append;
    }
    send.accept(wanted.to(), append);
  }
}
