/**
 * Everything that one ZAB server says to another, by phase (Zab §V; Medeiros §3).
 *
 * <pre>
 *   0 election         all       ── Notification ──► all
 *   1 discovery        follower  ── FollowerEpoch ─► leader     then NewEpoch, AckEpoch
 *   2 synchronization  leader    ── Truncate, Propose or a snapshot ──► follower, then AckEpoch
 *                      leader    ── NewLeader ─────► follower   then AckNewLeader, UpToDate
 *   3 broadcast        leader    ── Propose ───────► follower   then Ack, Commit
 *                      leader    ── Inform ────────► observer
 *   always             leader    ── Ping ──────────► all        then Pong
 * </pre>
 *
 * <p>Pure values: how they become bytes is in {@code dev.synod.zab.actor}.
 */
@NullMarked
package dev.synod.zab.protocol;

import org.jspecify.annotations.NullMarked;
