/**
 * Paxos looked at in all its states, where the group is small, and simulated where it is not: an
 * explorer of the rules, registers of real actors on a network that loses and doubles, and the
 * faults that both must find.
 */
@NullMarked
package dev.synod.testkit.paxos;

import org.jspecify.annotations.NullMarked;
