package dev.synod.actors.client;

import dev.synod.actors.RejectedException;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.Outcome.Reason;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** Who wants to know how the group is. One answer serves all that wait. */
final class Inquiries {

  /** More than these wait for an answer at a time only by mistake. */
  static final int WAITING_MAX = 64;

  private ClientSettings settings;
  private final Completions completions;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long askedAt = Long.MIN_VALUE;

  Inquiries(ClientSettings settings, Completions completions) {
    this.settings = settings;
    this.completions = completions;
  }

  /** Others from now on. */
  void settings(ClientSettings now) {
    settings = now;
  }

  void add(CompletableFuture<ReplicaStatus> reply, long now) {
    if (waiting.size() >= WAITING_MAX) {
      fail(reply, Reason.BUSY, "too many ask for the group's status at once");
    } else {
      waiting.add(new Waiting(reply, now + settings.ticks(settings.askTimeout())));
    }
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Whether to ask a replica, for the first time or because the last one asked stays silent. */
  boolean wantAnyone(long now) {
    return !waiting.isEmpty()
        && (askedAt == Long.MIN_VALUE
            || askedAt + settings.ticks(settings.attemptTimeout()) <= now);
  }

  void asked(long now) {
    askedAt = now;
  }

  void answered(ReplicaStatus status) {
    askedAt = Long.MIN_VALUE;
    while (!waiting.isEmpty()) {
      var reply = waiting.remove().reply();
      completions.add(() -> reply.complete(status));
    }
  }

  /** When to ask again, or to give up. */
  long dueAt() {
    if (waiting.isEmpty()) {
      return Ticks.NEVER;
    }
    long deadline = waiting.element().deadline();
    return askedAt == Long.MIN_VALUE
        ? deadline
        : Math.min(deadline, askedAt + settings.ticks(settings.attemptTimeout()));
  }

  void expire(long now) {
    while (!waiting.isEmpty() && waiting.element().deadline() <= now) {
      fail(waiting.remove().reply(), Reason.NO_LEADER, "no replica answered in time");
    }
  }

  void stop() {
    while (!waiting.isEmpty()) {
      fail(waiting.remove().reply(), Reason.STOPPING, "the client stops");
    }
  }

  private void fail(CompletableFuture<ReplicaStatus> reply, Reason reason, String text) {
    completions.add(() -> reply.completeExceptionally(new RejectedException(reason, text)));
  }

  private record Waiting(CompletableFuture<ReplicaStatus> reply, long deadline) {}
}
