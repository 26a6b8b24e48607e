/** Tests of what the replicas of a Multi-Paxos group say to each other, as bytes. */
@NullMarked
package dev.synod.paxos.actor.multi;

import org.jspecify.annotations.NullMarked;
