/**
 * Locks on stores that were not made for it: Redis' {@code SET NX PX} on a store that replicates
 * later, and RedLock on five of them (Sanfilippo, "Distributed Locks with Redis"; Kleppmann, "How
 * to do distributed locking", 2016; Sanfilippo, "Is Redlock safe?", 2016). Each gives one lock to
 * two, by a fail-over, a long job, a pause, a clock or a restart; beside them a lock on a Raft
 * group under the same scripts.
 */
@NullMarked
package dev.synod.testkit.lab.lock;

import org.jspecify.annotations.NullMarked;
