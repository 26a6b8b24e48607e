/**
 * Multi-Paxos: one instance of Paxos for each slot of a log, one promise for all of them (Lamport
 * 2001, §3).
 */
@NullMarked
package dev.synod.paxos.rules.multi;

import org.jspecify.annotations.NullMarked;
