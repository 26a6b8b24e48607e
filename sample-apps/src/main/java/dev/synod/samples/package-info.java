/**
 * The samples: a counter and a chat which several processes replicate, and the {@code synod}
 * command that runs and watches them. Read {@code counter} first: it is the smallest state machine
 * there is.
 */
@NullMarked
package dev.synod.samples;

import org.jspecify.annotations.NullMarked;
