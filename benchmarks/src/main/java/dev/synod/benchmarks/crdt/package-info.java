/**
 * Replicated data types over the wire, beside Pekko's Distributed Data: the same course for both,
 * in the same run, each node an actor system of its own in this JVM.
 */
@NullMarked
package dev.synod.benchmarks.crdt;

import org.jspecify.annotations.NullMarked;
