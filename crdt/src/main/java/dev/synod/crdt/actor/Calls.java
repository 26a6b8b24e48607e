package dev.synod.crdt.actor;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Replication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Calls that wait: for other replicas, or for what they follow. Time is counted in ticks. */
final class Calls {

  private final int max;
  private final Duration tick;
  private final Consumer<Runnable> leave;
  private final Map<Integer, Deque<Writing>> writings = new TreeMap<>();
  private final Map<Long, Reading<?>> readings = new TreeMap<>();
  private final List<Waiting> waitings = new ArrayList<>();
  private long now;
  private int size;

  /** An update that is done here and not yet at so many others. */
  private record Writing(
      long number, CausalToken token, long deadline, ActorRef<? super UpdateOutcome> replyTo) {}

  /** A read, and the nodes that have answered it: a node counts once, also if it starts again. */
  private record Reading<T extends Lattice<T>>(
      Get<T> get, int others, Set<String> heard, long deadline) {

    void end(Replication replication) {
      var token = replication.token(get.key(), get.consistency().after());
      var value = replication.value(get.family(), get.key());
      int copies = heard.size() + 1;
      get.replyTo()
          .tell(
              heard.size() >= others
                  ? new ReadOutcome.Found<>(value, copies, token)
                  : new ReadOutcome.Unconfirmed<>(value, copies, token));
    }
  }

  /** A call that was not begun: something that it follows is missing here. */
  private record Waiting(Call call, long deadline) {}

  /**
   * @param leave has answers told, now or once they may leave
   */
  Calls(int max, Duration tick, Consumer<Runnable> leave) {
    this.max = max;
    this.tick = tick;
    this.leave = leave;
  }

  private boolean isFull() {
    return size >= max;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  private long deadline(Duration timeout) {
    long ticks = (timeout.toNanos() + tick.toNanos() - 1) / tick.toNanos();
    return now + Math.max(1, ticks + 1); // the tick under way is not a whole one
  }

  /** Waits until so many others have that update. */
  void write(
      long number,
      int others,
      CausalToken token,
      Duration timeout,
      ActorRef<? super UpdateOutcome> replyTo) {
    writings
        .computeIfAbsent(others, it -> new ArrayDeque<>())
        .add(new Writing(number, token, deadline(timeout), replyTo));
    size++;
  }

  /** Waits until so many others have answered that request. */
  <T extends Lattice<T>> void read(long request, Get<T> get, int others) {
    var timeout = get.consistency().timeout();
    readings.put(request, new Reading<>(get, others, new TreeSet<>(), deadline(timeout)));
    size++;
  }

  private void await(Call call) {
    waitings.add(new Waiting(call, deadline(call.consistency().timeout())));
    size++;
  }

  /** Whether it may begin now; else it waits, or has ended. */
  boolean mayBegin(Call call, int nodes, Replication replication) {
    int needed = call.consistency().neededOf(nodes);
    var after = call.consistency().after();
    boolean isDue = replication.has(after);
    if (replication.isStrange(after)) {
      call.refuse(
          "its token names %d shards, which there are not".formatted(after.shards().size()));
      return false;
    } else if (needed > nodes) {
      call.refuse("%d copies on %d nodes".formatted(needed, nodes));
      return false;
    } else if (needed == 1 && isDue) {
      return true;
    } else if (isFull()) {
      call.refuse("busy: too many calls wait for other replicas");
      return false;
    }
    if (!isDue) {
      await(call);
    }
    return isDue;
  }

  /** Begins those that nothing is missing for any more. */
  void merged(Replication replication, Consumer<Call> begin) {
    if (waitings.isEmpty()) {
      return;
    }
    var due =
        waitings.stream().filter(it -> replication.has(it.call().consistency().after())).toList();
    waitings.removeAll(due);
    size -= due.size();
    due.forEach(it -> begin.accept(it.call()));
  }

  /** Goes through what is waited for by calls that were not begun. */
  void forEachToken(Consumer<CausalToken> each) {
    waitings.forEach(it -> each.accept(it.call().consistency().after()));
  }

  /** Ends updates that are at as many others as they should be. */
  void confirmed(Replication replication) {
    writings.forEach(
        (others, waiting) -> {
          long reached = waiting.isEmpty() ? 0 : replication.reached(others);
          while (!waiting.isEmpty() && waiting.element().number() <= reached) {
            var done = waiting.remove();
            size--;
            int copies = replication.holders(done.number()) + 1;
            leave.accept(
                () -> done.replyTo().tell(new UpdateOutcome.Written(copies, done.token())));
          }
        });
  }

  /** That node has answered that request. */
  void heard(long request, String node, Replication replication) {
    var reading = readings.get(request);
    if (reading != null && reading.heard().add(node)) {
      if (reading.heard().size() >= reading.others()) {
        readings.remove(request);
        size--;
        leave.accept(() -> reading.end(replication));
      }
    }
  }

  /** Goes through the reads that have not ended. */
  void forEachRead(EachRead each) {
    readings.forEach(
        (request, reading) -> each.read(request, reading.get().key(), reading.heard()));
  }

  /** See {@link #forEachRead}. */
  interface EachRead {
    void read(long request, String key, Set<String> heard);
  }

  /** One more tick has passed: ends what has waited too long. */
  void tick(Replication replication) {
    now++;
    writings.values().forEach(waiting -> waiting.removeIf(it -> hasExpired(it, replication)));
    readings.values().removeIf(it -> hasExpired(it, replication));
    waitings.removeIf(this::hasExpired);
  }

  /** Nothing that they wait for will come any more. */
  void end(Replication replication) {
    now = Long.MAX_VALUE - 1;
    tick(replication);
  }

  private boolean hasExpired(Writing writing, Replication replication) {
    if (writing.deadline() > now) {
      return false;
    }
    size--;
    int copies = replication.holders(writing.number()) + 1;
    leave.accept(
        () -> writing.replyTo().tell(new UpdateOutcome.Unconfirmed(copies, writing.token())));
    return true;
  }

  private boolean hasExpired(Reading<?> reading, Replication replication) {
    if (reading.deadline() > now) {
      return false;
    }
    size--;
    leave.accept(() -> reading.end(replication));
    return true;
  }

  private boolean hasExpired(Waiting waiting) {
    if (waiting.deadline() > now) {
      return false;
    }
    size--;
    waiting.call().refuse("what it follows did not arrive here in time");
    return true;
  }
}
