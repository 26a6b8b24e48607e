/**
 * Makes a failure small: the fewest faults, the fewest nodes and the shortest times that still
 * break the same invariant, by delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002). Knows nothing of groups: what runs a scenario is given.
 */
@NullMarked
package dev.synod.testkit.shrink;

import org.jspecify.annotations.NullMarked;
