/**
 * What the benchmarks count on: a state that survives a snapshot, and rows that a program can read.
 */
@NullMarked
package dev.synod.benchmarks;

import org.jspecify.annotations.NullMarked;
