package dev.synod.actors.client;

import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Read;
import java.util.concurrent.CompletableFuture;

/**
 * What callers and timers of its own node want of a group's client. Never crosses to another node.
 */
sealed interface ClientTask extends GroupClientMessage {

  /** Apply this command. */
  record Submit(EncodedValue value, Reply reply) implements ClientTask {}

  /** Answer this query. */
  record Query(Object query, Read freshness, Reply reply) implements ClientTask {}

  /** How is the group? */
  record Inquire(CompletableFuture<ReplicaStatus> reply) implements ClientTask {}

  /** These settings from now on; only those that are {@link ClientSettings#CHANGEABLE} differ. */
  record Retune(ClientSettings settings) implements ClientTask {}

  /**
   * Comes behind all that was queued when the first request of a burst came: now send them
   * together.
   */
  enum Flush implements ClientTask {
    INSTANCE
  }

  /** Something may be due. */
  enum Wake implements ClientTask {
    INSTANCE
  }

  /** Nothing may have been said for a while: keep the session alive. */
  enum KeepAliveDue implements ClientTask {
    INSTANCE
  }
}
