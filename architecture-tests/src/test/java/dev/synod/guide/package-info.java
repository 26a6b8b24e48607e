/** The code of the user guide: what stands in {@code docs/} is cut from here, so it compiles. */
@NullMarked
package dev.synod.guide;

import org.jspecify.annotations.NullMarked;
