package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;

/**
 * What a replica keeps over a restart, and when what it says may leave it: not before all that was
 * to be kept by then is durable (ADR 2).
 */
interface Keeping {

  /** Nothing is kept, and everything leaves at once. */
  Keeping NOTHING =
      new Keeping() {
        @Override
        public void took(Replication before, Step step) {}

        @Override
        public void leave(Runnable send) {
          send.run();
        }

        @Override
        public void check(Replication replica, ReplicationMessage message) {}
      };

  /** The replica took that step: what is to be kept of it is written. Before anything is sent. */
  void took(Replication before, Step step);

  /** Sends something to another node, or answers a call: now, or once it may leave. In order. */
  void leave(Runnable send);

  /**
   * Looks whether a message shows that the replica has lost what others have of it.
   *
   * @throws IllegalStateException if so: it must not go on
   */
  void check(Replication replica, ReplicationMessage message);
}
