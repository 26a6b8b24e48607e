/**
 * The systems that are measured: Synod and its peers, each in a file of its own, all with the same
 * replicated state ({@link dev.synod.benchmarks.peer.Registers}) and with commits forced to disk,
 * unless a system has no disk.
 *
 * <p>Each is configured as its makers ship it, but for what the workload needs: room for as many
 * outstanding requests, and for values of that size. Nothing here measures.
 */
@NullMarked
package dev.synod.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
