/**
 * A process may stop anywhere, for minutes, and not know it: between the look at its lease and the
 * write that the lease allows. Only the storage can refuse the late write, by a token that rises
 * with each lease: fencing (Kleppmann, "How to do distributed locking", 2016; Gray, Cheriton,
 * "Leases", 1989).
 */
@NullMarked
package dev.synod.testkit.lab.pause;

import org.jspecify.annotations.NullMarked;
