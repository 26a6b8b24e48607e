package dev.synod.paxos.protocol.multi;

import dev.synod.core.Entry;
import dev.synod.paxos.protocol.Ballot;

/**
 * That a proposal was accepted for a slot.
 *
 * @param entry the value; its index is the slot, its term the round in which it was first proposed,
 *     which stays with it when a later proposer adopts it
 */
public record SlotVote(Ballot ballot, Entry entry) {

  public long slot() {
    return entry.index();
  }

  @Override
  public String toString() {
    return entry.position() + " by " + ballot;
  }
}
