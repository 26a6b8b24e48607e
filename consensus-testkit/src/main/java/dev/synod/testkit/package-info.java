/**
 * Tests of replicated state machines and of one's own actors under crashes, partitions and lost
 * disks, in virtual time: every failure replays from its seed.
 */
@NullMarked
package dev.synod.testkit;

import org.jspecify.annotations.NullMarked;
