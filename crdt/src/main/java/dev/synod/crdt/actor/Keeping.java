package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.rules.Inheritance;
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
        public void became(Replication replica, Inheritance inheritance) {}

        @Override
        public void leave(Runnable send) {
          send.run();
        }

        @Override
        public void check(Replication replica, ReplicationMessage message) {}

        @Override
        public void check(Replication replica, Standing standing, String node) {}
      };

  /** The replica took that step: what is to be kept of it is written. Before anything is sent. */
  void took(Replication before, Step step);

  /**
   * The registry gave it an id: from now on the node's replica is that one, and has nothing but
   * these changes of the one before, to be made anew.
   */
  void became(Replication replica, Inheritance inheritance);

  /** Sends something to another node, or answers a call: now, or once it may leave. In order. */
  void leave(Runnable send);

  /**
   * Looks whether a message shows that the replica has lost what others have of it.
   *
   * @throws IllegalStateException if so: it must not go on
   */
  void check(Replication replica, ReplicationMessage message);

  /**
   * Looks whether what stands shows that, or that the replica was moved from another node.
   *
   * @param node this one's address
   * @throws IllegalStateException if so: it must not go on
   */
  void check(Replication replica, Standing standing, String node);
}
