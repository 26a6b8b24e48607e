/**
 * How a snapshot travels from a leader's node to that of a follower, on a channel of its own so
 * that it delays no heartbeat.
 *
 * <pre>
 *   leader's replica ─ spawns ─► SnapshotSender                     SnapshotReceiver (one per node)
 *                                     │ ── Offer, by way of the node ──► │
 *                                     │ ◄────────────── Ready(from byte) │  or Refused, or Delivered: had it already
 *                                     │ ── Chunk, Chunk ───────────────► │  written in order
 *                                     │ ◄──────── Ack(up to) or Again    │
 *                                     │                                  │  all there: checked, durable
 *   leader's replica ◄ SnapshotDelivered ◄─────────────────── Delivered  │ ── SnapshotReceived ─► follower's replica
 * </pre>
 *
 * <p>Whatever is lost, the sender offers again after a silence and goes on at the byte that the
 * receiver names.
 */
@NullMarked
package dev.synod.actors.transfer;

import org.jspecify.annotations.NullMarked;
