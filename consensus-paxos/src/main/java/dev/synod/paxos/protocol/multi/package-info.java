/** What the replicas of a Multi-Paxos group say to each other. */
@NullMarked
package dev.synod.paxos.protocol.multi;

import org.jspecify.annotations.NullMarked;
