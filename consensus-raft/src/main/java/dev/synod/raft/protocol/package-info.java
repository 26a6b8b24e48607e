/**
 * Everything that one Raft server says to another: Figure 2's RPCs, one record per half.
 *
 * <pre>
 *   pre-candidate ── RequestPreVote ──► all      PreVoteReply ──► pre-candidate      (thesis §9.6)
 *   candidate     ── RequestVote ─────► all      VoteReply ─────► candidate          (§5.2)
 *   leader        ── AppendEntries ───► each     AppendAccepted or AppendRejected    (§5.3)
 *   leader        ── Heartbeat ───────► all      HeartbeatReply                      (§5.2, §8)
 *   leader        ── snapshot chunks, on their own channel, then InstallSnapshot     (§7)
 *   leader        ── TimeoutNow ──────► one      RequestVote to all                  (thesis §3.10)
 * </pre>
 *
 * <p>Pure values: how they become bytes is in {@code dev.synod.raft.actor}.
 */
@NullMarked
package dev.synod.raft.protocol;

import org.jspecify.annotations.NullMarked;
