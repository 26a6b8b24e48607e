/**
 * The three roles as actors, each of which can be spawned alone: they hand what they hear to the
 * rules, and run the effects, in order, gated ones when their ticket is durable. They compare no
 * ballots.
 */
@NullMarked
package dev.synod.paxos.actor;

import org.jspecify.annotations.NullMarked;
