/**
 * One per actor system: the data directory, the replicas hosted here, and the meeting of nodes that
 * found a group.
 */
@NullMarked
package dev.synod.actors.node;

import org.jspecify.annotations.NullMarked;
