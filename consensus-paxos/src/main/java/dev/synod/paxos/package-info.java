/**
 * Paxos (Lamport, "Paxos Made Simple", 2001): {@link dev.synod.paxos.Paxos} keeps a replicated
 * state machine in step, {@link dev.synod.paxos.PaxosRegisters} keeps single values without a
 * leader.
 */
@NullMarked
package dev.synod.paxos;

import org.jspecify.annotations.NullMarked;
