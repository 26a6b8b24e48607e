/**
 * The replicator that ships, simulated: on machines that crash and come back empty, over a network
 * that loses, doubles, reorders and parts; with clients that move from one node to another and
 * remember what they saw.
 */
@NullMarked
package dev.synod.testkit.crdt;

import org.jspecify.annotations.NullMarked;
