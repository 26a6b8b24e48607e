/** Draws lines through points, as SVG. Knows nothing of what is drawn. */
@NullMarked
package dev.synod.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
