/**
 * Multi-Paxos by its rules alone: replicas with disks of their own, on a network that a seed draws.
 */
@NullMarked
package dev.synod.paxos.rules.multi;

import org.jspecify.annotations.NullMarked;
