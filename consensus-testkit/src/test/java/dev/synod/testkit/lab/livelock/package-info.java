/**
 * Duelling proposers: each time that one is about to be heard, the other has asked with a higher
 * ballot (Lamport, "Paxos Made Simple", 2001, section 2.4). No asynchronous protocol that never
 * errs is sure to end (Fischer, Lynch, Paterson 1985); chance makes it end with probability one
 * (Ben-Or 1983).
 */
@NullMarked
package dev.synod.testkit.lab.livelock;

import org.jspecify.annotations.NullMarked;
