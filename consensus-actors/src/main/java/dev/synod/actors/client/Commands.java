package dev.synod.actors.client;

import dev.synod.actors.client.Request.Command;
import dev.synod.actors.client.Request.Opening;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Outcome.Rejected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client, its session, and what callers may be told (Ongaro's thesis §6.3).
 *
 * <p>A command is <em>undone</em> if none of its tries is open: each was refused, or none was sent.
 * Only an undone command may be called rejected, or move to another session, where its number is
 * another one. Everything else is retried under the number that it has, and in the end unknown.
 */
final class Commands {

  private ClientSettings settings;
  private final Attempts attempts;
  private final Completions completions;

  /** Undone commands whose session ended: they go before those that wait. */
  private final ArrayDeque<Command> requeued = new ArrayDeque<>();

  private final ArrayDeque<Command> waiting = new ArrayDeque<>();

  /** All numbered in this session from the lowest without an outcome, in order. */
  private final ArrayDeque<Command> window = new ArrayDeque<>();

  private final ArrayDeque<Command> ready = new ArrayDeque<>();

  /**
   * In the order of their arrival, which is that of their deadlines; after ask-timeout was
   * shortened, later ones wait for those before.
   */
  private final LinkedHashSet<Command> live = new LinkedHashSet<>();

  private long bytes;
  private long session;
  private long nextNumber;
  private @Nullable Opening opening;
  private boolean openingIsReady;

  Commands(ClientSettings settings, Attempts attempts, Completions completions) {
    this.settings = settings;
    this.attempts = attempts;
    this.completions = completions;
  }

  /** Others from now on. */
  void settings(ClientSettings now) {
    settings = now;
  }

  /** Takes a command on, or rejects it as one too many. */
  void submit(EncodedValue value, Reply reply, long now) {
    int size = value.body().length();
    if (waiting.size() >= settings.waitingMax() || bytes + size > settings.waitingBytesMax()) {
      completions.add(
          reply,
          Request.rejected(
              Reason.BUSY,
              "%d commands wait already, %d bytes are under way; try again later"
                  .formatted(waiting.size(), bytes)));
      return;
    }
    var command = new Command(value, reply, now + settings.ticks(settings.askTimeout()));
    bytes += size;
    waiting.add(command);
    live.add(command);
  }

  /** 0 if there is none. */
  long session() {
    return session;
  }

  boolean isIdle() {
    return live.isEmpty();
  }

  /** Whether something could be sent now if the leader were known. */
  boolean wantsLeader() {
    number();
    return !ready.isEmpty() || openingIsReady;
  }

  /**
   * The next proposals for one message, marked as sent to that replica; empty if there are no more.
   */
  List<Proposal> nextBatch(ActorRef<ReplicaMessage> target, long now) {
    if (openingIsReady && opening != null) {
      openingIsReady = false;
      long tag = attempts.send(opening, target, now);
      return List.of(new Proposal(tag, EntryKind.OPEN_SESSION, Bytes.EMPTY));
    }
    var batch = new ArrayList<Proposal>();
    long batchBytes = 0;
    while (!ready.isEmpty() && batch.size() < settings.batchEntriesMax()) {
      var command = ready.element();
      int size = command.payload().length();
      if (!batch.isEmpty() && batchBytes + size > settings.batchBytesMax()) {
        break;
      }
      ready.remove();
      if (!command.isDone()) {
        batchBytes += size;
        batch.add(
            new Proposal(
                attempts.send(command, target, now), EntryKind.COMMAND, command.payload()));
      }
    }
    return batch;
  }

  /**
   * A replica has answered the wish for a session.
   *
   * @param leaderMoved the answer names a leader that was not asked yet
   */
  void answered(Opening wish, long tag, Outcome<Object> outcome, boolean leaderMoved, long now) {
    boolean current = attempts.isCurrent(wish, tag);
    if (outcome instanceof Outcome.Ok<Object> ok && ok.reply() instanceof Long id && id > 0) {
      attempts.forget(wish);
      opening = null;
      openingIsReady = false;
      session = id;
      nextNumber = 1;
    } else if (outcome instanceof Rejected<Object> refusal) {
      attempts.refused(wish, tag, refusal);
      if (current && isFinal(refusal.reason(), leaderMoved)) {
        rejectWaiting(refusal);
      } else if (current) {
        again(wish, refusal.reason(), now);
      }
    } else if (current) {
      attempts.inconclusive(wish);
      attempts.rest(wish, now);
    }
  }

  /** A replica has answered a try of a command. */
  void answered(Command command, long tag, Outcome<Object> outcome, boolean leaderMoved, long now) {
    boolean current = attempts.isCurrent(command, tag);
    if (outcome instanceof Outcome.Ok) {
      settle(command, outcome);
    } else if (outcome instanceof Rejected<Object> refusal) {
      attempts.refused(command, tag, refusal);
      if (refusal.reason() == Reason.SESSION_EXPIRED) {
        sessionEnded(command.session());
      }
      if (current) {
        refused(command, refusal, leaderMoved, now);
      }
    } else if (current) {
      attempts.inconclusive(command);
      attempts.rest(command, now);
    }
  }

  /** Its latest try was not answered in time, or it has rested: it is to be sent again. */
  void retry(Command command) {
    if (command.session() != session && command.isUndone()) {
      requeued.add(command);
    } else {
      ready.add(command);
    }
  }

  /** As {@link #retry(Command)}; forgotten if nobody waits for a session any more. */
  void retry(Opening wish) {
    if (requeued.isEmpty() && waiting.isEmpty()) {
      attempts.forget(wish);
      opening = null;
    } else {
      openingIsReady = true;
    }
  }

  /** Tells the outcome to all whose deadline has come. */
  void expire(long now) {
    while (!live.isEmpty() && live.iterator().next().deadline() <= now) {
      drop(live.iterator().next(), Reason.NO_LEADER, "found no leader in time");
    }
  }

  /** The first deadline. */
  long dueAt() {
    return live.isEmpty() ? Ticks.NEVER : live.iterator().next().deadline();
  }

  /** Nothing will be sent any more: tells everybody. */
  void stop() {
    List.copyOf(live).forEach(command -> drop(command, Reason.STOPPING, "the client stops"));
  }

  private void drop(Command command, Reason reason, String text) {
    waiting.remove(command);
    requeued.remove(command);
    settle(command, lastWord(command, reason, text));
  }

  private void number() {
    while (!window.isEmpty() && window.element().isDone()) {
      window.remove();
    }
    if (session == 0) {
      open();
      return;
    }
    while (window.size() < settings.windowMax() && !(requeued.isEmpty() && waiting.isEmpty())) {
      var command = requeued.isEmpty() ? waiting.remove() : requeued.remove();
      if (!command.isDone()) {
        window.add(command);
        command.number(session, nextNumber, nextNumber - window.size() + 1);
        nextNumber++;
        ready.add(command);
      }
    }
  }

  private void open() {
    if (opening == null && !(requeued.isEmpty() && waiting.isEmpty())) {
      opening = new Opening();
      openingIsReady = true;
    }
  }

  private void sessionEnded(long id) {
    if (session == id) {
      session = 0;
      window.clear();
    }
  }

  private void refused(Command command, Rejected<Object> refusal, boolean leaderMoved, long now) {
    boolean ended = refusal.reason() == Reason.SESSION_EXPIRED;
    if (command.isUndone() ? isFinal(refusal.reason(), leaderMoved) : isHopeless(refusal)) {
      settle(command, lastWord(command, refusal.reason(), refusal.text()));
    } else if (ended && command.tries() == 1) {
      requeued.add(command);
    } else if (ended) {
      attempts.rest(command, now);
    } else {
      again(command, refusal.reason(), now);
    }
  }

  /**
   * For a search of the leader {@link Route} sets the pace; other refusals need a pause of their
   * own.
   */
  private void again(Request request, Reason reason, long now) {
    switch (reason) {
      case NO_LEADER, NOT_HOSTED, STOPPING -> {
        if (request instanceof Command command) {
          retry(command);
        } else if (request instanceof Opening wish) {
          retry(wish);
        }
      }
      case BUSY, STORAGE, INVALID, SESSION_EXPIRED -> attempts.rest(request, now);
    }
  }

  private static boolean isFinal(Reason reason, boolean leaderMoved) {
    return reason == Reason.INVALID || (reason == Reason.STORAGE && !leaderMoved);
  }

  /** No further try would tell what became of the open ones. */
  private static boolean isHopeless(Rejected<Object> refusal) {
    return refusal.reason() == Reason.INVALID || refusal.reason() == Reason.SESSION_EXPIRED;
  }

  private Outcome<Object> lastWord(Command command, Reason otherwise, String text) {
    if (!command.isUndone()) {
      return new Outcome.Unknown<>(
          "%d of %d tries had no answer, or none that tells; last: %s"
              .formatted(command.open().size(), command.tries(), text));
    }
    var refusal = command.refusal();
    if (refusal == null && opening != null) {
      refusal = opening.refusal();
    }
    return refusal == null ? Request.rejected(otherwise, text) : refusal;
  }

  private void rejectWaiting(Rejected<Object> refusal) {
    if (opening != null) {
      attempts.forget(opening);
      opening = null;
    }
    requeued.forEach(command -> settle(command, refusal));
    requeued.clear();
    waiting.forEach(command -> settle(command, refusal));
    waiting.clear();
  }

  private void settle(Command command, Outcome<Object> outcome) {
    attempts.forget(command);
    bytes -= command.value().body().length();
    live.remove(command);
    completions.add(command.reply(), outcome);
  }
}
