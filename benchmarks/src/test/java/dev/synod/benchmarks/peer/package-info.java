/** The measured systems' common state, what they are given, and that each of them answers. */
@NullMarked
package dev.synod.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
