/**
 * Everything that one ZAB server says to another, by phase (Zab §V; Medeiros §3).
 *
 * <pre>
 *   0 election         all       ── Notification ──► all
 *   1 discovery        follower  ── FollowerEpoch ─► leader   ── NewEpoch ──► follower ── AckEpoch ──►
 *   2 synchronization  leader    ── Truncate, Propose or a snapshot ──► follower       ── AckEpoch ──►
 *                      leader    ── NewLeader ─────► follower ── AckNewLeader ──►      ── UpToDate ──►
 *   3 broadcast        leader    ── Propose ───────► follower ── Ack ──►  leader       ── Commit ────►
 *                      leader    ── Inform ────────► observer
 *   always             leader    ── Ping ──────────► all      ── Pong ──►
 * </pre>
 *
 * <p>Pure values: how they become bytes is in {@code dev.synod.zab.actor}.
 */
@NullMarked
package dev.synod.zab.protocol;

import org.jspecify.annotations.NullMarked;
