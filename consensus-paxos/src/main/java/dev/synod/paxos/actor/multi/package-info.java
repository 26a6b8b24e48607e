/** The replicas of a Multi-Paxos group: how what they say to each other becomes bytes. */
@NullMarked
package dev.synod.paxos.actor.multi;

import org.jspecify.annotations.NullMarked;
