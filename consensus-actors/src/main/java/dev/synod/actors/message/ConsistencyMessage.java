package dev.synod.actors.message;

import dev.synod.core.StoreId;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How replicas find out that one of them has come to another state. The leader asks now and then,
 * when something was applied since; nobody has a timer for it.
 *
 * <pre>
 *   leader ── CompareDigests ──► every other replica     DigestsAre ──► leader
 *   leader ── Diverged ──► a replica that a majority contradicts
 * </pre>
 */
public interface ConsistencyMessage extends WireMessage, ReplicaMessage {

  /** Of the group, as the sender knows it. */
  long incarnation();

  /** Leader to replica: what is your digest after that entry? Answered when it is applied. */
  record CompareDigests(long incarnation, ActorRef<ReplicaMessage> leader, long index)
      implements ConsistencyMessage {}

  /**
   * Replica to leader.
   *
   * @param version of the state machine: only those of the same version can be compared
   * @param digest over what was applied lately up to {@code index}, with its replies
   * @param stateIndex of the entry after which the state was last looked at; 0 if never
   * @param stateDigest of the state then
   */
  record DigestsAre(
      long incarnation,
      StoreId store,
      long version,
      long index,
      long digest,
      long stateIndex,
      long stateDigest)
      implements ConsistencyMessage {}

  /**
   * Leader to replica: a majority has that digest after that entry.
   *
   * @param isState whether it is that of the state
   */
  record Diverged(long incarnation, long index, long digest, boolean isState)
      implements ConsistencyMessage {}
}
