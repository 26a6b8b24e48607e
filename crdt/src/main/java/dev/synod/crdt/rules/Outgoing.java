package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
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

  /**
   * With one change more.
   *
   * @param values with that change
   */
  Outgoing with(OwnChange<?> change, KeySpace values) {
    int kept = limits.changesKept();
    return withLog(isUntilSettled ? log.with(change, kept, values) : log.with(change, kept));
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
    private @Nullable Cut last;
    private @Nullable ReplicationMessage message;

    Outgoing flush(Outgoing outgoing, ReplicaId to) {
      var progress = outgoing.others.getOrDefault(to, Progress.NONE);
      var then = progress;
      var log = outgoing.log;
      if (progress.isFull()) {
        return outgoing;
      }
      if (progress.sent() + 1 < log.first()) {
        effects.add(new Effect.Send(to, new Trimmed(outgoing.self, log.first())));
        then = progress.skipped(log.first() - 1);
      }
      while (then.sent() < log.last() && then.unanswered() < outgoing.limits.unansweredMax()) {
        var cut = outgoing.cut(then.sent() + 1);
        effects.add(new Effect.Send(to, message(outgoing, cut)));
        then = then.sent(cut.end());
      }
      return then.sent() == progress.sent() ? outgoing : outgoing.with(to, then);
    }

    private ReplicationMessage message(Outgoing outgoing, Cut cut) {
      if (message == null || !cut.equals(last)) {
        last = cut;
        message = outgoing.message(cut);
      }
      return message;
    }
  }

  /**
   * Which changes go in one message.
   *
   * @param ends where its intervals end
   */
  private record Cut(long first, List<Long> ends) {

    long end() {
      return ends.get(ends.size() - 1);
    }
  }

  /**
   * The message that begins with that change. A new era begins another interval: that may have to
   * wait where the one before it need not.
   */
  private Cut cut(long first) {
    var ends = new ArrayList<Long>();
    long bytes = 0;
    long end = first - 1;
    while (end < log.last()
        && end - first + 1 < limits.changesPerMessageMax()
        && bytes < limits.bytesPerMessageMax()) {
      if (end >= first && !log.isOneEra(end, end + 1)) {
        if (ends.size() == Intervals.COUNT_MAX - 1) {
          break;
        }
        ends.add(end);
        bytes += log.bytesOfFollowed(end + 1);
      }
      end++;
      bytes += log.bytes(end);
    }
    ends.add(end);
    return new Cut(first, ends);
  }

  private ReplicationMessage message(Cut cut) {
    var intervals = new ArrayList<Deltas>();
    long first = cut.first();
    for (long end : cut.ends()) {
      intervals.add(interval(first, end));
      first = end + 1;
    }
    return intervals.size() == 1 ? intervals.get(0) : new Intervals(intervals);
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
