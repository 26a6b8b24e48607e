/**
 * What the replicas of all protocols are made of: their mailbox, the gate for durable effects, the
 * applier, snapshots.
 */
@NullMarked
package dev.synod.actors.replica;

import org.jspecify.annotations.NullMarked;
