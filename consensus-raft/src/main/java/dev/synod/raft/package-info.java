/**
 * Raft (Ongaro and Ousterhout 2014) as Pekko typed actors.
 *
 * <p>Reading order: {@code protocol/RaftMessage}, everything that is said; {@code rules/Role},
 * {@code Follower}, {@code Candidate}, {@code Leader}, what is decided; {@code rules/Effect} and
 * {@code actor/RaftShell}, how it is done.
 */
@NullMarked
package dev.synod.raft;

import org.jspecify.annotations.NullMarked;
