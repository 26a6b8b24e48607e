/**
 * The actor of a replica: {@link dev.synod.crdt.actor.ReplicatedValues} starts it and asks it,
 * {@link dev.synod.crdt.actor.Replicator} says what an actor may tell it. It drives {@link
 * dev.synod.crdt.rules.Replication}: batches changes, sends again, searches, divides what is large,
 * and knows who waits for what. Which change follows which is decided by the rules alone. On disk,
 * {@code DurableKeeping} writes down what each step changed, and holds back what leaves until then.
 */
@NullMarked
package dev.synod.crdt.actor;

import org.jspecify.annotations.NullMarked;
