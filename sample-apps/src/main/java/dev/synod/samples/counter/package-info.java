/** The smallest replicated state machine: one number. */
@NullMarked
package dev.synod.samples.counter;

import org.jspecify.annotations.NullMarked;
