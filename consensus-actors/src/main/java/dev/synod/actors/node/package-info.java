/**
 * One per actor system: the data directory, the replicas hosted here, and the meeting of nodes that
 * founds a group.
 *
 * <pre>
 *   ConsensusNode ── Host ──► NodeActor ── spawns ──► Founding, which becomes the replica
 *                              │   ▲                     │
 *        other nodes ◄─ Hello ─┘   └───── FoundedHere ───┘
 * </pre>
 */
@NullMarked
package dev.synod.actors.node;

import org.jspecify.annotations.NullMarked;
