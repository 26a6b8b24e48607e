/**
 * Draws the last seconds of a run as a space-time diagram (Lamport, "Time, Clocks, and the Ordering
 * of Events in a Distributed System", 1978): a lane for each node, an arrow for each message, bands
 * for faults. A {@link dev.synod.testkit.picture.Recorder} looks on without changing the run; a
 * {@link dev.synod.testkit.picture.Page} is one file that any browser shows. Knows messages only by
 * the names and fields of their records, so it draws any protocol.
 */
@NullMarked
package dev.synod.testkit.picture;

import org.jspecify.annotations.NullMarked;
