/**
 * What replicas of keyed values say to each other: intervals of deltas, as they happen; and
 * questions and answers by which one finds out what it lacks.
 *
 * <pre>
 *   writer                                   every other replica
 *     ── Deltas(first…last) ─────────────────►  merged if it has all before first
 *     ◄───────────────── Acknowledged(upTo) ──
 *     ── Trimmed(first) ─────────────────────►  when what it lacks is kept no longer: it asks
 *
 *   who lacks something                      anyone
 *     ── Ask(nodes, versions at leaves) ─────►
 *     ◄── Told(sums below nodes, values) ─────   until no sum differs
 * </pre>
 *
 * <p>Messages may be lost, doubled and reordered.
 */
@NullMarked
package dev.synod.crdt.protocol;

import org.jspecify.annotations.NullMarked;
