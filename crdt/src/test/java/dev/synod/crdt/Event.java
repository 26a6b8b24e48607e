package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import java.util.BitSet;

/**
 * One operation of a history.
 *
 * @param number of all events of the history, from 0
 * @param past the numbers of the events that its replica had seen
 */
record Event<O>(int number, ReplicaId by, O operation, BitSet past) {

  boolean saw(Event<?> other) {
    return past.get(other.number);
  }
}
