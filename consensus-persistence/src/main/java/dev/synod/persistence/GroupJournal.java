package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.log.MemoryGroupLog;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.RecoveryCompleted;

/**
 * The persistent actor of one group's log: each write is an event, stored in order. Events that
 * arrive while the journal is busy go to it together. A classic actor, since the typed one takes
 * the next command only when the journal has confirmed the last.
 */
final class GroupJournal extends Plugins.Client {

  /** Whose journal it is. Called by the actor's thread. */
  interface Owner {

    /** All events were read back: this is the log. */
    void recovered(MemoryGroupLog log);

    /** All writes up to that ticket are confirmed; this one had so many bytes. */
    void durable(long ticket, int bytes);

    /** Nothing more will be confirmed. */
    void failed(String why);
  }

  /** Store that record; a compacted one makes all before it superfluous. */
  record Write(long ticket, Bytes event, boolean isCompacted) {}

  /** Stop once all that was written is confirmed. */
  record Close(CompletableFuture<Void> closed) {}

  private final Owner owner;
  private final LoggingAdapter logger;
  private final ReplayedLog replayed;
  private long stored;
  private boolean closed;

  GroupJournal(Plugins plugins, String persistenceId, GroupId group, Owner owner) {
    plugins.super(persistenceId);
    this.owner = owner;
    this.logger = Logging.getLogger(getContext().getSystem(), this);
    this.replayed = new ReplayedLog(persistenceId, group, plugins.settings().memory());
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(byte[].class, replayed::replay)
        .match(RecoveryCompleted.class, completed -> onRecovered())
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Write.class, this::onWrite)
        .match(Close.class, close -> deferAsync(close, this::onAllConfirmed))
        .match(DeleteMessagesSuccess.class, deleted -> {})
        .match(DeleteMessagesFailure.class, this::onNotDeleted)
        .build();
  }

  @Override
  public void onRecoveryFailure(Throwable cause, scala.Option<Object> event) {
    owner.failed("its journal can't be read: " + cause.getMessage());
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNumber) {
    owner.failed("the journal could not write event %d: %s".formatted(sequenceNumber, cause));
  }

  /** A journal goes on after an event that it refused; a log with a hole can't. */
  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNumber) {
    owner.failed("the journal refused event %d: %s".formatted(sequenceNumber, cause));
    getContext().stop(self());
  }

  @Override
  public void postStop() {
    if (!closed) {
      owner.failed("its journal's actor has stopped");
    }
  }

  private void onRecovered() {
    stored = lastSequenceNr();
    owner.recovered(replayed.log());
  }

  private void onWrite(Write write) {
    persistAsync(
        write.event().toArray(),
        event -> {
          stored++;
          owner.durable(write.ticket(), event.length);
          if (write.isCompacted()) {
            deleteMessages(stored - 1);
          }
        });
  }

  private void onAllConfirmed(Close close) {
    closed = true;
    close.closed().complete(null);
    getContext().stop(self());
  }

  private void onNotDeleted(DeleteMessagesFailure failure) {
    logger.warning(
        "{}: events up to {} could not be deleted, and will be with the next compaction: {}",
        persistenceId(),
        failure.toSequenceNr(),
        failure.cause());
  }
}
