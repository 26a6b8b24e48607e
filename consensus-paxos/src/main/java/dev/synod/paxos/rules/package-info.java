/**
 * The decisions of Paxos, pure: a role and one input give the next role and an ordered list of
 * effects. Nothing here sees a clock, a disk, a network, a random number, a logger or an actor.
 *
 * <p>The three roles of Lamport 2001 live side by side. An {@code Acceptor} and a {@code Learner}
 * are one record each. A {@code Proposer} goes through phases:
 *
 * <pre>
 * from \ to   Preparing       Accepting           Pausing                   Finished
 * Preparing   –               a quorum promised   refused; no answer        so at the last attempt
 * Accepting   –               no answer: asks     no quorum can accept,     a quorum accepted;
 *                             the silent again    and the value was there   no quorum can accept
 *                                                 or may be proposed twice
 * Pausing     waited a while  –                   –                         –
 * </pre>
 */
@NullMarked
package dev.synod.paxos.rules;

import org.jspecify.annotations.NullMarked;
