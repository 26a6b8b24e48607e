/**
 * Raft's decisions, pure: a role and one input give the next role and an ordered list of effects.
 * Nothing here sees a clock, a disk, a network, a random number, a logger or an actor.
 *
 * <p>Who may become what (Figure 4, with the pre-vote of thesis §9.6):
 *
 * <pre>
 * from \ to     Follower                      PreCandidate      Candidate            Leader
 * Follower      newer term; hears a leader    times out         told TimeoutNow      –
 * PreCandidate  newer term; hears a leader;   times out again   a quorum would vote  –
 *               a quorum would not
 * Candidate     newer term; hears a leader;   times out         –                    a quorum voted
 *               a quorum did not
 * Leader        newer term; no quorum heard;  –                 –                    –
 *               hands over
 * </pre>
 */
@NullMarked
package dev.synod.raft.rules;

import org.jspecify.annotations.NullMarked;
