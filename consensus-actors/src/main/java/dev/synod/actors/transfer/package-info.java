/**
 * How a snapshot travels from a leader's node to that of a follower, on a channel of its own so
 * that it delays no heartbeat.
 *
 * <pre>
 *   leader's replica ─ spawns ─► SnapshotSender               SnapshotReceiver (one per node)
 *                                     │ ── Offer, by the node ─────► │
 *                                     │ ◄────────── Ready (from byte)│ or Refused, or Delivered
 *                                     │ ── Chunk, Chunk ───────────► │ written in order
 *                                     │ ◄───── Ack (up to), or Again │
 *                                     │                              │ all there: checked, durable
 *   replica ◄── SnapshotDelivered ────│ ◄───────────────── Delivered │
 *                                                                    │
 *                              follower's replica ◄─ SnapshotReceived┘
 * </pre>
 *
 * <p>Whatever is lost, the sender offers again after a silence and goes on at the byte that the
 * receiver names.
 */
@NullMarked
package dev.synod.actors.transfer;

import org.jspecify.annotations.NullMarked;
