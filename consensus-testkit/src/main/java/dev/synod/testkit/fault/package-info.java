/**
 * What can go wrong in a simulated world, as data: a schedule of faults is drawn from the seed by a
 * profile, or written by hand, and can be printed, cut down and played again.
 */
@NullMarked
package dev.synod.testkit.fault;

import org.jspecify.annotations.NullMarked;
