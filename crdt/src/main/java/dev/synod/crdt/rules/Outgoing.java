package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a replica tells the others of its own changes (Almeida et al. 2018, algorithm 2: each gets
 * the interval that it has not acknowledged). Immutable.
 *
 * @param self the replica
 * @param log its last changes
 * @param others how far each of them is
 * @param isUntilSettled whether changes are kept until {@link #settled} says that all have them,
 *     and not only until those have that are there now: these may be evicted, with all they have
 */
record Outgoing(
    ReplicaId self,
    Limits limits,
    ChangeLog log,
    SortedMap<ReplicaId, Progress> others,
    boolean isUntilSettled) {

  static Outgoing to(List<ReplicaId> others, ReplicaId self, Limits limits) {
    var none = new TreeMap<ReplicaId, Progress>();
    others.forEach(other -> none.put(other, Progress.NONE));
    return new Outgoing(
        self, limits, ChangeLog.EMPTY, Collections.unmodifiableSortedMap(none), false);
  }

  /** What is to be sent, and what will have been sent then. */
  record Sending(Outgoing after, List<Effect> effects) {}

  Outgoing with(OwnChange<?> change) {
    return withLog(log.with(change, limits.changesKept()));
  }

  private Outgoing withLog(ChangeLog changed) {
    return new Outgoing(self, limits, changed, others, isUntilSettled);
  }

  private Outgoing with(ReplicaId other, Progress progress) {
    var changed = new TreeMap<>(others);
    changed.put(other, progress);
    return with(changed);
  }

  private Outgoing with(SortedMap<ReplicaId, Progress> changed) {
    return new Outgoing(
        self, limits, log, Collections.unmodifiableSortedMap(changed), isUntilSettled);
  }

  /** From now on changes are kept until {@link #settled} says that all have them. */
  Outgoing untilSettled() {
    return new Outgoing(self, limits, log, others, true);
  }

  /** From now on that one is told, too. */
  Outgoing joined(ReplicaId other) {
    return others.containsKey(other) ? this : with(other, Progress.NONE);
  }

  /** That one is gone for ever. */
  Outgoing left(ReplicaId other) {
    var changed = new TreeMap<>(others);
    changed.remove(other);
    return with(changed).trimmed();
  }

  /**
   * All others have the changes up to that number. They are not told again, not even together with
   * later ones of the same key: what they came to may have been dropped.
   */
  Outgoing settled(long upTo) {
    var changed = new TreeMap<>(others);
    changed.replaceAll((other, progress) -> progress.settled(upTo));
    return with(changed).withLog(log.from(Math.min(upTo, log.last()) + 1));
  }

  /** Without changes that all others have. */
  private Outgoing trimmed() {
    if (isUntilSettled) {
      return this;
    }
    return others.values().stream().mapToLong(Progress::acknowledged).min().stream()
        .mapToObj(all -> withLog(log.from(all + 1)))
        .findAny()
        .orElse(this);
  }

  /** How many others have all changes up to that one. */
  int holders(long number) {
    return (int) others.values().stream().filter(it -> it.acknowledged() >= number).count();
  }

  /** Up to which change so many others have all; 0 if there are not so many. */
  long reached(int holders) {
    if (holders == 0) {
      return log.last();
    }
    return others.values().stream()
        .map(Progress::acknowledged)
        .sorted(Comparator.reverseOrder())
        .skip(holders - 1L)
        .findFirst()
        .orElse(0L);
  }

  /** What was not sent yet, to everybody, as far as messages may be under way. */
  Sending flush() {
    var turn = new Turn();
    var after = this;
    for (ReplicaId other : others.keySet()) {
      after = turn.flush(after, other);
    }
    return new Sending(after, turn.effects);
  }

  /** The way to that one is full: it is sent nothing until {@link #free}. */
  Outgoing full(ReplicaId other) {
    var progress = others.get(other);
    return progress == null || progress.isFull() ? this : with(other, progress.full(true));
  }

  /** There is room on the way to that one: sends what it was not sent yet. */
  Sending free(ReplicaId other) {
    var progress = others.get(other);
    if (progress == null || !progress.isFull()) {
      return new Sending(this, List.of());
    }
    var turn = new Turn();
    return new Sending(turn.flush(with(other, progress.full(false)), other), turn.effects);
  }

  /** Sends again what was sent and not acknowledged: it may be lost. */
  Sending resend(Predicate<ReplicaId> busy) {
    var again = new TreeMap<>(others);
    again.replaceAll((other, it) -> busy.test(other) ? it : it.again());
    return with(again).flush();
  }

  /** Another has all up to there; changes that all have are kept no longer. */
  Sending acknowledged(Acknowledged message) {
    var before = others.get(message.from());
    if (before == null || message.upTo() > log.last()) {
      return new Sending(this, List.of());
    }
    var progress = before.acknowledged(message.upTo());
    var after = with(message.from(), progress).trimmed();
    if (message.isGap() && progress.acknowledged() == message.upTo()) {
      return after.fillGap(message.from(), progress);
    }
    var turn = new Turn();
    return new Sending(turn.flush(after, message.from()), turn.effects);
  }

  private Sending fillGap(ReplicaId of, Progress progress) {
    long upTo = progress.acknowledged();
    if (progress.filled() == upTo) {
      return new Sending(this, List.of());
    }
    if (upTo + 1 < log.first()) {
      return new Sending(
          with(of, progress.filled(upTo)),
          List.of(new Effect.Send(of, new Trimmed(self, log.first()))));
    }
    var turn = new Turn();
    return new Sending(turn.flush(with(of, progress.fill(upTo)), of), turn.effects);
  }

  /** The messages of one turn; those who lack the same get the same. */
  private static final class Turn {

    private final List<Effect> effects = new ArrayList<>();
    private @Nullable Deltas last;

    Outgoing flush(Outgoing outgoing, ReplicaId to) {
      var progress = outgoing.others.getOrDefault(to, Progress.NONE);
      long next = progress.sent() + 1;
      int unanswered = progress.unanswered();
      var log = outgoing.log;
      if (progress.isFull()) {
        return outgoing;
      }
      if (next < log.first()) {
        effects.add(new Effect.Send(to, new Trimmed(outgoing.self, log.first())));
        next = log.first();
      }
      while (next <= log.last() && unanswered < outgoing.limits.unansweredMax()) {
        var interval = interval(outgoing, next);
        effects.add(new Effect.Send(to, interval));
        next = interval.last() + 1;
        unanswered++;
      }
      return next == progress.sent() + 1
          ? outgoing
          : outgoing.with(to, progress.withSent(next - 1, unanswered));
    }

    private Deltas interval(Outgoing outgoing, long first) {
      long end = outgoing.endOf(first);
      if (last == null || last.first() != first || last.last() != end) {
        last = outgoing.interval(first, end);
      }
      return last;
    }
  }

  /** The last change that goes into one message with that one. */
  private long endOf(long first) {
    long bytes = 0;
    long end = first - 1;
    while (end < log.last()
        && end - first + 1 < limits.changesPerMessageMax()
        && log.isOneEra(first, end + 1)
        && bytes < limits.bytesPerMessageMax()) {
      end++;
      bytes += log.bytes(end);
    }
    return end;
  }

  private Deltas interval(long first, long end) {
    var deltas = new ArrayList<KeyedDelta>();
    var after = log.after(end);
    log.between(first, end)
        .forEach(
            (key, joined) ->
                deltas.add(new KeyedDelta(key, joined.number(), joined.change().encoded())));
    return new Deltas(self, first, end, after, log.elsewhere(first), deltas);
  }
}
