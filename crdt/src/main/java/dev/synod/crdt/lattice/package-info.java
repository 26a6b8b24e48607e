/**
 * What every replicated data type stands on: the {@link dev.synod.crdt.lattice.Lattice}, and a map
 * that shares what did not change, so that a small change to a large value costs little.
 *
 * <p>Pure Java. No clocks, no replicas, no messages here.
 */
@NullMarked
package dev.synod.crdt.lattice;

import org.jspecify.annotations.NullMarked;
