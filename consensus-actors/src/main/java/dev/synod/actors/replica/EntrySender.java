package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the entries which the rules name by their range. Those in memory leave at once; others
 * are read from disk, and what is to follow them to the same server waits, so that order is kept.
 * Its queues are bounded by the rules' window.
 */
public final class EntrySender {

  /** Entries for a follower have been read from disk. */
  public record Fetched(long generation, StoreId to, ReadResult result) implements ReplicaMessage {}

  /**
   * What a server is to be sent.
   *
   * @param previous the entry before the first
   * @param commitIndex the leader's
   * @param special whether the receiver is not like most others, and its message another one: a
   *     witness, say, or who only observes
   */
  public record Wanted(
      StoreId to,
      Term term,
      LogPosition previous,
      long lastIndex,
      long commitIndex,
      boolean special) {

    /** Several servers mostly want the same. */
    private boolean isLike(Wanted other) {
      return previous.equals(other.previous)
          && lastIndex == other.lastIndex
          && commitIndex == other.commitIndex
          && term.equals(other.term);
    }
  }

  /** What was made last, for whom it was. */
  private record Built(Wanted wanted, ReplicaMessage message) {}

  private final GroupLog log;
  private final ActorRef<ReplicaMessage> replica;
  private final BiFunction<Wanted, List<Entry>, ReplicaMessage> build;
  private final BiConsumer<StoreId, ReplicaMessage> send;
  private final Map<StoreId, ArrayDeque<Wanted>> waiting = new HashMap<>();

  private long generation;
  private @Nullable Built usual;
  private @Nullable Built special;

  /**
   * @param build makes the message of what is wanted
   * @param send takes it to the server
   */
  public EntrySender(
      GroupLog log,
      ActorRef<ReplicaMessage> replica,
      BiFunction<Wanted, List<Entry>, ReplicaMessage> build,
      BiConsumer<StoreId, ReplicaMessage> send) {
    this.log = log;
    this.replica = replica;
    this.build = build;
    this.send = send;
  }

  /** Sends that now, or once it is read from disk. */
  public void send(Wanted wanted) {
    var queue = waiting.get(wanted.to());
    if (queue != null) {
      if (!wanted.equals(queue.peekLast())) { // asked for again, while it is on its way here
        queue.add(wanted);
      }
    } else if (!sentFromMemory(wanted)) {
      fetch(wanted, new ArrayDeque<>());
    }
  }

  /**
   * What was read goes out, then what waited behind it. Returns why not if it could not be read;
   * what was compacted meanwhile is left out, and the rules find out that a snapshot is due.
   */
  public Optional<LogFailure> fetched(Fetched fetched) {
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
  public void forget() {
    waiting.clear();
    usual = null;
    special = null;
    generation++;
  }

  private boolean sentFromMemory(Wanted wanted) {
    long previous = wanted.previous().index();
    if (previous < log.base().index()) {
      return true;
    }
    if (wanted.lastIndex() == previous) {
      send(wanted, List.of());
      return true;
    }
    var last = wanted.special() ? special : usual;
    if (last != null && last.wanted().isLike(wanted)) {
      send.accept(wanted.to(), last.message());
      return true;
    }
    var cached = log.cached(previous + 1, wanted.lastIndex());
    cached.ifPresent(entries -> send(wanted, entries));
    return cached.isPresent();
  }

  private void fetch(Wanted wanted, ArrayDeque<Wanted> behind) {
    behind.addFirst(wanted);
    waiting.put(wanted.to(), behind);
    long asked = generation;
    log.read(
        wanted.previous().index() + 1,
        wanted.lastIndex(),
        result -> replica.tell(new Fetched(asked, wanted.to(), result)));
  }

  /** One message object, and one encoding where the transport shares it, for all like this. */
  private void send(Wanted wanted, List<Entry> entries) {
    var message = build.apply(wanted, entries);
    if (wanted.special()) {
      special = new Built(wanted, message);
    } else {
      usual = new Built(wanted, message);
    }
    send.accept(wanted.to(), message);
  }
}
