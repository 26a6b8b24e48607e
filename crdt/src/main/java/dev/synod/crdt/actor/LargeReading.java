package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.ReadAhead;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.MessageCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Has large messages of others read by another thread, one of each other at a time, so that the
 * replica goes on meanwhile. What else that one says waits here, so that its messages are heard in
 * the order in which they came: one more large one, and no further one is asked for, and few
 * others. Others send again what no room is left for.
 */
final class LargeReading {

  private final Executor aside;
  private final Consumer<ToReplicator> replicator;
  private final int waitingMax;
  private final Map<ReplicaId, Line> lines = new TreeMap<>();

  /** A message that is being read, and those of its sender behind it. */
  static final class Line {
    private final Deque<Waiting> waiting;

    private Line(Deque<Waiting> waiting) {
      this.waiting = waiting;
    }

    private boolean hasLarge() {
      return waiting.stream().anyMatch(Waiting::isLarge);
    }

    private boolean hasRoomFor(Waiting message, int max) {
      return waiting.size() < max && !(message.isLarge() && hasLarge());
    }
  }

  private record Waiting(Bytes message, boolean isLarge) {}

  /**
   * A message was read, or can't be.
   *
   * @param message none if it can't be, which the last one says why
   */
  record Read(Line line, ReplicaId from, Optional<ReplicationMessage> message, String failure)
      implements FromAside {}

  /** Whoever hears what waited, in its turn. */
  interface Hearer {
    /** One that was not read. */
    void hear(ReplicaId from, Bytes message);

    /** A large one that was read. */
    void hear(ReplicaId from, ReplicationMessage message);

    /** A large one that can't be read. */
    void unreadable(ReplicaId from, String why);

    /** There is room for one more large message of that one. */
    void hasRoom(ReplicaId from);

    Replication replication();
  }

  /**
   * @param aside runs what takes long, on whatever thread
   * @param replicator is told when something was read
   * @param waitingMax messages of one other that may wait
   */
  LargeReading(Executor aside, Consumer<ToReplicator> replicator, int waitingMax) {
    this.aside = aside;
    this.replicator = replicator;
    this.waitingMax = waitingMax;
  }

  /** Whether a message of that one is being read. */
  boolean isReading(ReplicaId other) {
    return lines.containsKey(other);
  }

  /** Goes through those of whom a message is being read. */
  void forEach(Consumer<ReplicaId> each) {
    List.copyOf(lines.keySet()).forEach(each);
  }

  /** A large message has come. */
  void large(ReplicaId from, Bytes message, Replication replica) {
    if (!isBehind(from, new Waiting(message, true))) {
      begin(from, message, replica, new ArrayDeque<>());
    }
  }

  /**
   * Whether a message that is not large has to wait, or be left out, for one that is being read.
   */
  boolean isBehind(ReplicaId from, Bytes message) {
    return isBehind(from, new Waiting(message, false));
  }

  private boolean isBehind(ReplicaId from, Waiting message) {
    var line = lines.get(from);
    if (line != null && line.hasRoomFor(message, waitingMax)) {
      line.waiting.add(message);
    }
    return line != null;
  }

  private void begin(ReplicaId from, Bytes message, Replication replica, Deque<Waiting> behind) {
    var line = new Line(behind);
    lines.put(from, line);
    aside.execute(() -> replicator.accept(read(line, from, message, replica)));
  }

  private static Read read(Line line, ReplicaId from, Bytes bytes, Replication replica) {
    try {
      var message = ReadAhead.of(replica, MessageCodec.decode(bytes));
      return new Read(line, from, Optional.of(message), "");
    } catch (RuntimeException e) {
      return new Read(line, from, Optional.empty(), String.valueOf(e.getMessage()));
    } catch (Error e) { // told in any case: what comes next waits for it
      return new Read(line, from, Optional.empty(), String.valueOf(e));
    }
  }

  /** That was read: it is heard, and what waited behind it up to the next large one. */
  void done(Read read, Hearer hearer) {
    if (!lines.remove(read.from(), read.line())) {
      return; // its sender has gone meanwhile, or what it said is not to be heard any more
    }
    read.message()
        .ifPresentOrElse(
            it -> hearer.hear(read.from(), it),
            () -> hearer.unreadable(read.from(), read.failure()));
    var waiting = read.line().waiting;
    while (!waiting.isEmpty() && !isReading(read.from())) {
      var next = waiting.remove();
      if (next.isLarge()) {
        begin(read.from(), next.message(), hearer.replication(), waiting);
      } else {
        hearer.hear(read.from(), next.message());
      }
    }
    hearer.hasRoom(read.from());
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    lines.remove(other);
  }

  /** Nothing of what came so far is to be heard any more. */
  void forget() {
    lines.clear();
  }
}
