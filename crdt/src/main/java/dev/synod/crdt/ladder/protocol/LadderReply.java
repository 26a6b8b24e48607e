package dev.synod.crdt.ladder.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a ladder's group answers. */
public sealed interface LadderReply {

  /** All nodes that may change entities, and all entities that ever moved. */
  record Welcome(SortedMap<String, ReplicaId> members, SortedMap<String, Rung> rungs)
      implements LadderReply {
    public Welcome {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
      rungs = Collections.unmodifiableSortedMap(new TreeMap<>(rungs));
    }
  }

  /** Done; here is where the entity stands. */
  record Stands(Rung rung) implements LadderReply {}

  /**
   * The operation was done.
   *
   * @param token what callers of this entity's operations had seen
   */
  record Operated(CausalToken token) implements LadderReply {}

  /**
   * The entity's mode, and the group's value, which is the entity's own only while it is
   * linearizable.
   *
   * @param token what callers of this entity's operations had seen
   */
  record Seen(Rung rung, Bytes value, CausalToken token) implements LadderReply {}

  /**
   * Rights were given.
   *
   * @param value all that the group knows: the rights, and what they came from
   */
  record Granted(Bytes value) implements LadderReply {}

  /** A node is not waited for any more. */
  record Evicted() implements LadderReply {}

  /** Nothing was done, and why. */
  record Refused(Reason reason, String text) implements LadderReply {}
}
