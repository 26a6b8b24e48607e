/**
 * The ladder: one API for entities that are eventual, causal, bounded or linearizable, and may
 * change that while they are used.
 *
 * <p>A consensus group keeps the mode of each entity. Moving up, it commits a <em>fence</em>: each
 * node that may have changed the entity stops, and hands in its value; once all have, the group
 * serves. Moving down, it publishes its value, which each node merges before it goes on by itself.
 *
 * <p>Read {@link dev.synod.crdt.ladder.ConsistencyMode}, {@link dev.synod.crdt.ladder.Ladder},
 * {@link dev.synod.crdt.ladder.protocol.LadderCommand}, then the {@code rules}.
 */
@NullMarked
package dev.synod.crdt.ladder;

import org.jspecify.annotations.NullMarked;
