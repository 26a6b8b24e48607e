/** Tests of the three actors, each alone, and of what they write. */
@NullMarked
package dev.synod.paxos.actor;

import org.jspecify.annotations.NullMarked;
