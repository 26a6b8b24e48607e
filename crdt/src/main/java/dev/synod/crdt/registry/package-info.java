/**
 * Which replicas of values there are, decided by a consensus group: ids that no replica had before,
 * who is evicted, and what all members have merged.
 *
 * <pre>
 *   replica                                  group
 *     ── Enrol(node, start) ────────────────►  the next id; who was there before is gone
 *     ── Report(merged) ────────────────────►  once all have: the next generation
 *     ◄── Standing ──────────────────────────
 * </pre>
 *
 * <p>{@link dev.synod.crdt.registry.Registry} has the rules, {@link
 * dev.synod.crdt.registry.ReplicaRegistry} is what an application starts with.
 */
@NullMarked
package dev.synod.crdt.registry;

import org.jspecify.annotations.NullMarked;
