/**
 * Clocks that lie: a wall clock steps, every clock drifts. What measures a time with the wrong one,
 * and that Synod's nodes do not even see the wall clock.
 */
@NullMarked
package dev.synod.testkit.lab.clock;

import org.jspecify.annotations.NullMarked;
