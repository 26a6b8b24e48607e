/** Axes and pictures. */
@NullMarked
package dev.synod.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
