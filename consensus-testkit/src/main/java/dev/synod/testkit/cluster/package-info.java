/**
 * A replicated group on simulated machines: the shipped nodes, replicas and clients on a simulated
 * disk, network and clock, watched by the invariants, with clients that keep it busy.
 */
@NullMarked
package dev.synod.testkit.cluster;

import org.jspecify.annotations.NullMarked;
