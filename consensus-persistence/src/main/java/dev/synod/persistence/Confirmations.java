package dev.synod.persistence;

import dev.synod.core.GroupId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.MemoryGroupLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a journal's actor has said of a log, told on to whoever writes to it. */
final class Confirmations implements GroupJournal.Owner {

  private final GroupId group;
  private final AtomicLong queuedBytes;
  private final CompletableFuture<MemoryGroupLog> recovered = new CompletableFuture<>();
  private volatile long durableTicket;
  private GroupLog.@Nullable Listener listener;
  private @Nullable LogFailure failure;

  /**
   * @param queuedBytes of all groups of the store
   */
  Confirmations(GroupId group, AtomicLong queuedBytes) {
    this.group = group;
    this.queuedBytes = queuedBytes;
  }

  /** The log as read back. */
  CompletableFuture<MemoryGroupLog> whenRecovered() {
    return recovered;
  }

  long durableTicket() {
    return durableTicket;
  }

  synchronized boolean isFailed() {
    return failure != null;
  }

  synchronized void listener(GroupLog.Listener told) {
    listener = told;
    if (failure != null) {
      told.failed(failure);
    }
  }

  @Override
  public void recovered(MemoryGroupLog log) {
    durableTicket = log.lastTicket();
    recovered.complete(log);
  }

  @Override
  public synchronized void durable(long ticket, int bytes) {
    queuedBytes.addAndGet(-bytes);
    durableTicket = ticket;
    if (listener != null) {
      listener.durable(ticket);
    }
  }

  @Override
  public synchronized void failed(String why) {
    if (failure != null) {
      return;
    }
    failure =
        new LogFailure(
            LogFailure.Kind.IO,
            "group %s: %s; see to the journal and restart the node".formatted(group, why));
    recovered.completeExceptionally(new LogException(failure));
    if (listener != null) {
      listener.failed(failure);
    }
  }
}
