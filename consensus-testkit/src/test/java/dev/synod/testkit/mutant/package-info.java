/**
 * Planted faults: the shipped sources with one rule broken at a time, compiled in memory, simulated
 * until the invariant that is meant for the rule says so. Product code has no switches for it.
 */
@NullMarked
package dev.synod.testkit.mutant;

import org.jspecify.annotations.NullMarked;
