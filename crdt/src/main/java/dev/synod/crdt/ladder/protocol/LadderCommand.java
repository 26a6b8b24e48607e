package dev.synod.crdt.ladder.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;

/**
 * What a ladder's group is told and asked.
 *
 * <pre>
 *   node                               group
 *    | Hello, at its start              | knows it as a member from here on, and answers Welcome
 *    | Move                             | commits a fence, or publishes
 *    | Joined, once it knows the fence  | merges, and serves after the last one
 *    | Operate, Look                    | while linearizable
 *    | Grant, Back                      | while bounded
 *    | Evict                            | waits for that node no more
 * </pre>
 */
public sealed interface LadderCommand {

  /** A command about one entity. */
  sealed interface Keyed extends LadderCommand {
    String key();
  }

  /**
   * That node may change entities from now on: every fence waits for it. Said at each start, under
   * the replica's new id, and again by one that was evicted.
   */
  record Hello(String node, ReplicaId replica) implements LadderCommand {}

  /** No fence waits for that node. What it had and did not hand in may still come, late. */
  record Evict(String node) implements LadderCommand {}

  /** That entity is to be in that mode. */
  record Move(String key, ConsistencyMode to) implements Keyed {}

  /**
   * A node has stopped changing the entity, and this is its value.
   *
   * @param fence that it has heard of
   * @param replica its id
   */
  record Joined(String key, long fence, String node, ReplicaId replica, Bytes value)
      implements Keyed {}

  /**
   * An operation on a linearizable entity.
   *
   * @param operation of the entity's family
   * @param after what its caller had seen before
   */
  record Operate(String key, Object operation, CausalToken after) implements Keyed {}

  /**
   * A replica asks for rights to subtract. Asked twice, it is given once: what it got since the
   * total that it knows of is the answer.
   *
   * @param known how many the group ever gave it, as far as it knows
   * @param needed how many more it needs
   */
  record Grant(String key, ReplicaId to, long known, long needed) implements Keyed {}

  /**
   * A replica has given rights back to the group.
   *
   * @param value its whole value: what the rights came from must not be missing
   */
  record Back(String key, Bytes value) implements Keyed {}

  /** Asks for an entity's mode and the group's value. */
  record Look(String key) implements Keyed {}

  /** Asks for all members and modes. */
  record Table() implements LadderCommand {}
}
